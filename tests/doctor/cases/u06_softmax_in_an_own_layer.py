import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(40, 8, 3))
y = rng.normal(size=(40, 1))


class Pool(keras.layers.Layer):

    def __init__(self):
        super().__init__()
        self.score = keras.layers.Dense(1)

    def call(self, h):
        w = keras.ops.softmax(self.score(h))
        return keras.ops.sum(w * h, axis=1)


m = keras.Sequential([
    keras.Input((8, 3)),
    keras.layers.GRU(8, return_sequences=True),
    Pool(),
    keras.layers.Dense(1),
])
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
