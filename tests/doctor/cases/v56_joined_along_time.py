import keras
import numpy as np

rng = np.random.default_rng(0)
wind = rng.normal(size=(120, 10, 2)).astype('float32')
load = rng.normal(size=(120, 10, 2)).astype('float32')
y = load[:, -1, :1] + wind[:, -1, :1]
a, b = keras.Input((10, 2)), keras.Input((10, 2))
both = keras.layers.Concatenate(axis=1)([a, b])
model = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.LSTM(8)(both)))
model.compile('adam', 'mse')
model.fit([wind, load], y, epochs=2, verbose=0)
