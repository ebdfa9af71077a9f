import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(40, 8, 3))
y = rng.normal(size=(40, 1))
a = keras.Input((8, 3))
h = keras.layers.LSTM(8, return_sequences=True)(a)
s = keras.layers.Dense(1, activation="tanh")(h)
w = keras.layers.Softmax(axis=1)(s)
c = keras.layers.Lambda(lambda t: keras.ops.sum(t[0] * t[1], axis=1))([h, w])
m = keras.Model(a, keras.layers.Dense(1)(c))
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
