import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
z = rng.normal(size=(64, 4, 1)).astype('float32')
y = rng.normal(size=(64, 4, 1)).astype('float32')
a, b = keras.Input((10, 3)), keras.Input((4, 1))
o, h, c = keras.layers.LSTM(8, return_state=True)(a)
d = keras.layers.LSTM(8, return_sequences=True)([b, h, c])
model = keras.Model([a, b], keras.layers.Dense(1)(d))
model.compile('adam', 'mse')
model.fit([x, z], y, verbose=0)
