import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 2)).astype('float32')
inputs = keras.Input((10, 3))
h = keras.layers.LSTM(8)(inputs)
model = keras.Model(inputs, [keras.layers.Dense(1)(h), keras.layers.Dense(1)(h)])
model.compile('adam', ['mse', 'mse'])
model.fit(x, [y[:, 0], y[:, 1]], verbose=0)
