import keras
import numpy as np

rng = np.random.default_rng(0)
y = np.repeat(np.arange(4), 15)
x = rng.normal(size=(60, 8, 3)) + y[:, None, None]
m = keras.Sequential([
    keras.Input((8, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(4, activation="softmax"),
])
m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
m.fit(x, y, validation_split=0.25, epochs=1, verbose=0)
