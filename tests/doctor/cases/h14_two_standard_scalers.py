import keras
import numpy as np

rng = np.random.default_rng(0)
train = rng.normal(size=(100, 10, 1)) * 5 + 3
test = rng.normal(size=(40, 10, 1)) * 2 + 9
x = (train - train.mean()) / train.std()
x_test = (test - test.mean()) / test.std()
y, y_test = rng.normal(size=100), rng.normal(size=40)
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
model.evaluate(x_test, y_test, verbose=0)
