import keras
import numpy as np

x = np.random.default_rng(0).integers(1, 7, (64, 15))
y = (x[:, 2] > 2).astype("float32")
inputs = keras.Input((15,))
words = keras.layers.Embedding(7, 4, mask_zero=True)(inputs)
model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(keras.layers.GRU(8)(words)))
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x, y, epochs=1, verbose=0)
