import keras
import numpy as np

rng = np.random.default_rng(0)


def batches():
    while True:
        yield (rng.normal(size=(16, 8, 3)), (rng.normal(size=(16, 1)), rng.normal(size=(16, 1))))


a = keras.Input((8, 3))
h = keras.layers.LSTM(8)(a)
m = keras.Model(a, [keras.layers.Dense(1)(h), keras.layers.Dense(1)(h)])
m.compile("adam", "mse")
m.fit(batches(), steps_per_epoch=3, epochs=1, verbose=0)
