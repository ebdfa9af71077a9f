"""Letters of two languages, each numbered by itself, for the two inputs of an encoder and a decoder."""

import keras
import numpy as np

rng = np.random.default_rng(0)
sources = ["".join(rng.choice(list("badcfehg"), size=5)) for _ in range(120)]
targets = ["^" + word[::-1] + "$" for word in sources]
number_in = {letter: place for place, letter in enumerate(sorted(set("".join(sources))))}
number_out = {letter: place for place, letter in enumerate(sorted(set("".join(targets))))}
X = np.eye(len(number_in), dtype="float32")[[[number_in[one] for one in word] for word in sources]]
Y = np.eye(len(number_out), dtype="float32")[[[number_out[one] for one in word] for word in targets]]

read = keras.Input((None, len(number_in)))
_, h, c = keras.layers.LSTM(12, return_state=True)(read)
said = keras.Input((None, len(number_out)))
steps = keras.layers.LSTM(12, return_sequences=True)(said, initial_state=[h, c])
model = keras.Model([read, said], keras.layers.Dense(len(number_out), activation="softmax")(steps))
model.compile("adam", "categorical_crossentropy")
model.fit([X[:100], Y[:100, :-1]], Y[:100, 1:], epochs=2, verbose=0)
print(model.evaluate([X[100:], Y[100:, :-1]], Y[100:, 1:], verbose=0))
