import keras
import numpy as np

rng = np.random.default_rng(0)
def windows(table):
    x = np.stack([table[i:i + 10] for i in range(len(table) - 10)])
    return x, table[10:, 0]


rows = np.cumsum(rng.normal(size=(200, 2)), axis=0)
scaled = (rows - rows.min(0)) / (rows.max(0) - rows.min(0))
x, y = windows(scaled[:140])
x_test, y_test = windows(scaled[140:])
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
model.evaluate(x_test, y_test, verbose=0)
