import keras
import numpy as np

rng = np.random.default_rng(0)
length = rng.integers(4, 13, size=60)
x = np.zeros((60, 12, 3))
y = rng.integers(0, 2, 60)
for i, n in enumerate(length):
    x[i, :n] = rng.normal(5, 2, size=(n, 3)) * [1, 2, 3]
x = (x - x.mean((0, 1))) / x.std((0, 1))
m = keras.Sequential([
    keras.Input((12, 3)),
    keras.layers.Masking(0.0),
    keras.layers.LSTM(8),
    keras.layers.Dense(1, activation="sigmoid"),
])
m.compile("adam", "binary_crossentropy")
m.fit(x, y, epochs=1, verbose=0)
