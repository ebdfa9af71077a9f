import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(80, 8, 2))
y = rng.integers(0, 3, 80)
p = rng.permutation(80)
xs = x[p]
m = keras.Sequential([
    keras.Input((8, 2)),
    keras.layers.LSTM(8),
    keras.layers.Dense(3, activation="softmax"),
])
m.compile("adam", "sparse_categorical_crossentropy")
for i in range(0, 80, 20):
    m.train_on_batch(xs[i:i + 20], y[p][i:i + 20])
