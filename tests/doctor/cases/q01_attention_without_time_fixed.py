import keras
import numpy as np

rng = np.random.default_rng(0)
asked = keras.Input((6, 2))
read = keras.Input((9, 3))
states = keras.layers.GRU(8, return_sequences=True)(asked)
memory = keras.layers.GRU(8, return_sequences=True)(read)
found = keras.layers.AdditiveAttention()([states, memory])
model = keras.Model([asked, read], keras.layers.Dense(1)(found))
model.compile(optimizer="adam", loss="mse")
a, b, y = (rng.normal(size=(40, *shape)).astype("float32") for shape in ((6, 2), (9, 3), (6, 1)))
model.fit([a, b], y, epochs=1, verbose=0)
