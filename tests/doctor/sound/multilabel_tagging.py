import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = rng.integers(1, 50, (80, 15))
tags = rng.integers(0, 6, (80, 15))
model = keras.Sequential([
    keras.Input((15,)), layers.Embedding(50, 8, mask_zero=True),
    layers.Bidirectional(layers.LSTM(8, return_sequences=True)),
    layers.TimeDistributed(layers.Dense(6, activation="softmax")),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, tags, batch_size=16, epochs=1, verbose=0)
labels = rng.integers(0, 2, (80, 7)).astype("float32")
other = keras.Sequential([keras.Input((15,)), layers.Embedding(50, 8), layers.LSTM(8), layers.Dense(7, activation="sigmoid")])
other.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
other.fit(x, labels, epochs=1, verbose=0)
