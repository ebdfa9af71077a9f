import keras
import numpy as np

rng = np.random.default_rng(0)
length = rng.integers(4, 13, size=60)
x = np.zeros((60, 12, 3))
y = rng.integers(0, 2, 60)
for i, n in enumerate(length):
    x[i, :n] = rng.normal(size=(n, 3))
a = keras.Input((12, 3))
h = keras.layers.Masking(0.0)(a)
h = keras.ops.concatenate([h, keras.ops.sin(h)], axis=-1)
h = keras.layers.LSTM(8)(h)
m = keras.Model(a, keras.layers.Dense(1, activation="sigmoid")(h))
m.compile("adam", "binary_crossentropy")
m.fit(x, y, epochs=1, verbose=0)
