import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(40, 8, 3))
y = rng.normal(size=(40, 1))
a = keras.Input((8, 3))
h = keras.layers.GRU(8, return_sequences=True)(a)
m = keras.Model(a, keras.layers.Dense(1)(keras.layers.GRU(8)(a, initial_state=h)))
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
