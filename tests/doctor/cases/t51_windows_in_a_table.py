import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
x = rng.normal(5, 3, size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
rows = pd.DataFrame(x)
x = ((rows - rows.mean()) / rows.std()).to_numpy().reshape(64, 10, 3)

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
