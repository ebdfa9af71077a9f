import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
z = rng.normal(size=(64, 4)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
a, b = keras.Input((10, 3)), keras.Input((4,))
h = keras.layers.Concatenate()([keras.layers.LSTM(8, return_sequences=True)(a), b])
model = keras.Model([a, b], keras.layers.Dense(1)(h))
model.compile('adam', 'mse')
model.fit([x, z], y, verbose=0)
