import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

static = rng.normal(size=(73, 2)).astype('float32')
a = keras.Input(shape=(10, 3))
b = keras.Input(shape=(2,))
h = keras.layers.Concatenate()([keras.layers.LSTM(8)(a), b])
model = keras.Model([a, b], keras.layers.Dense(1)(h))
model.compile(optimizer='adam', loss='mse')
model.fit([x, static], y, epochs=2, verbose=0)
