import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame({'day': pd.date_range('2020-01-01', periods=80), 'price': rng.normal(size=80)})
values = table.to_numpy().astype('float32')
x = np.stack([values[i:i + 10] for i in range(70)])
y = values[10:, -1]
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
