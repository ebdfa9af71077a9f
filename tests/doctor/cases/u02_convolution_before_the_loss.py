import keras
import numpy as np

rng = np.random.default_rng(0)
length = rng.integers(4, 13, size=60)
x = np.zeros((60, 12, 3))
y = np.zeros((60, 12, 1))
for i, n in enumerate(length):
    x[i, :n] = rng.normal(size=(n, 3))
    y[i, :n] = x[i, :n].sum(1, keepdims=True)
a = keras.Input((12, 3))
h = keras.layers.Masking(0.0)(a)
h = keras.layers.LSTM(8, return_sequences=True)(h)
h = keras.layers.Conv1D(8, 3, padding="same")(h)
m = keras.Model(a, keras.layers.Dense(1)(h))
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
