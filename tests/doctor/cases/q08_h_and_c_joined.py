import keras
import numpy as np

rng = np.random.default_rng(0)
read = keras.Input((9, 3))
asked = keras.Input((6, 2))
layer = keras.layers.Bidirectional(keras.layers.LSTM(4, return_state=True))
_, first, second, third, fourth = layer(read)
h = keras.layers.Concatenate()([first, second])
c = keras.layers.Concatenate()([third, fourth])
steps = keras.layers.LSTM(8, return_sequences=True)(asked, initial_state=[h, c])
model = keras.Model([read, asked], keras.layers.Dense(1)(steps))
model.compile(optimizer="adam", loss="mse")
a, b, y = (rng.normal(size=(40, *shape)).astype("float32") for shape in ((9, 3), (6, 2), (6, 1)))
model.fit([a, b], y, epochs=1, verbose=0)
