import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(40, 8, 3))
y = rng.normal(size=(40, 2))
m = keras.Sequential([keras.Input((8, 3)), keras.layers.LSTM(8), keras.layers.Dense(2)])
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
