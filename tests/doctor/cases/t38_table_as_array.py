import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame({'Close': rng.normal(size=80), 'Volume': rng.normal(size=80)})
values = table['Close'].to_numpy()
x = np.stack([table[i:i + 10, 0] for i in range(70)])[..., None].astype('float32')
y = values[10:].astype('float32')
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
