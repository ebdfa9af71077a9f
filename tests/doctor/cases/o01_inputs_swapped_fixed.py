import keras
import numpy as np

rng = np.random.default_rng(0)
sequence = rng.normal(size=(64, 10, 3)).astype('float32')
place = rng.normal(size=(64, 4)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

series, static = keras.Input((10, 3)), keras.Input((4,))
joined = keras.layers.Concatenate()([keras.layers.LSTM(8)(series), static])
model = keras.Model([series, static], keras.layers.Dense(1)(joined))
model.compile(optimizer='adam', loss='mse')
model.fit([sequence, place], y, epochs=2, verbose=0, batch_size=32)
