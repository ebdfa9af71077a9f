import keras
import numpy as np

rng = np.random.default_rng(0)
s = rng.normal(size=120).cumsum()
z = rng.normal(size=(112, 4))
x = np.lib.stride_tricks.sliding_window_view(s, 8)[:-1, :, None]
y = s[8:]
a, b = (keras.Input((8, 1)), keras.Input((4,)))
h = keras.layers.Concatenate()([keras.layers.LSTM(8)(a), b])
m = keras.Model([a, b], keras.layers.Dense(1)(h))
m.compile("adam", "mse")
m.fit([x, z], y, epochs=1, verbose=0)
