import keras
import numpy as np

rng = np.random.default_rng(0)
length = rng.integers(4, 13, size=60)
x = np.zeros((60, 12), int)
y = np.zeros((60, 12), int)
for i, n in enumerate(length):
    x[i, :n] = rng.integers(1, 40, n)
    y[i, :n] = rng.integers(1, 5, n)
m = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Embedding(40, 6, mask_zero=True),
    keras.layers.LSTM(8, return_sequences=True),
    keras.layers.Dense(5, activation="softmax"),
])
m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
m.fit(x, y, epochs=1, verbose=0)
