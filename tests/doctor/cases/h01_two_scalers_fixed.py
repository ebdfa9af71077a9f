import keras
import numpy as np

rng = np.random.default_rng(0)
def windows(table):
    x = np.stack([table[i:i + 10] for i in range(len(table) - 10)])
    return x, table[10:, 0]


rows = np.cumsum(rng.normal(size=(200, 2)), axis=0)
train, test = rows[:140], rows[140:]
low, high = train.min(0), train.max(0)
train = (train - low) / (high - low)
test = (test - low) / (high - low)
x, y = windows(train)
x_test, y_test = windows(test)
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
model.evaluate(x_test, y_test, verbose=0)
