import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(20, 1))
x = np.array([rows[i:i + 30] for i in range(len(rows) - 30)]).reshape(-1, 30, 1)
y = rows[30:]
model = keras.Sequential([keras.Input((30, 1)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y[:0], verbose=0)
