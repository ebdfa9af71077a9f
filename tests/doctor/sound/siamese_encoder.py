"""Two inputs through one encoder, whose distance says whether they belong together."""

import keras
import numpy as np

rng = np.random.default_rng(0)
kind = rng.integers(0, 3, size=(200, 2))
pairs = kind[:, :, None] * 10 + rng.integers(1, 10, size=(200, 2, 6))
same = (kind[:, 0] == kind[:, 1]).astype("float32")

first = keras.Input((6,), dtype="int32", name="first")
second = keras.Input((6,), dtype="int32", name="second")
embedding, encoder = keras.layers.Embedding(31, 8), keras.layers.LSTM(8)
ends = [encoder(embedding(one)) for one in (first, second)]
distance = keras.layers.Lambda(
    lambda two: keras.ops.exp(-keras.ops.sum(keras.ops.abs(two[0] - two[1]), axis=1, keepdims=True)),
    output_shape=(1,),
)(ends)
model = keras.Model({"first": first, "second": second}, distance)
model.compile("adam", "mse")
model.fit({"first": pairs[:160, 0], "second": pairs[:160, 1]}, same[:160], epochs=2, verbose=0)
print(model.evaluate({"first": pairs[160:, 0], "second": pairs[160:, 1]}, same[160:], verbose=0))
