import keras
import numpy as np

rng = np.random.default_rng(0)
rows = np.cumsum(rng.normal(size=(200, 3)), axis=0).astype('float32')
x = np.lib.stride_tricks.sliding_window_view(rows, 10, axis=0)[:-1]
y = rows[10:, 0]
model = keras.Sequential([keras.Input((3, 10)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
