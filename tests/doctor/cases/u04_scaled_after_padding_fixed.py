import keras
import numpy as np

rng = np.random.default_rng(0)
length = rng.integers(4, 13, size=60)
runs = [rng.normal(5, 2, size=(n, 3)) * [1, 2, 3] for n in length]
rows = np.concatenate(runs)
mean, std = (rows.mean(0), rows.std(0))
x = np.zeros((60, 12, 3))
y = rng.integers(0, 2, 60)
for i, r in enumerate(runs):
    x[i, :len(r)] = (r - mean) / std
m = keras.Sequential([
    keras.Input((12, 3)),
    keras.layers.Masking(0.0),
    keras.layers.LSTM(8),
    keras.layers.Dense(1, activation="sigmoid"),
])
m.compile("adam", "binary_crossentropy")
m.fit(x, y, epochs=1, verbose=0)
