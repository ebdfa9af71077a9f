import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = keras.utils.pad_sequences([rng.integers(1, 500, rng.integers(20, 90)) for _ in range(200)], maxlen=80)
y = rng.integers(0, 2, 200)
inputs = keras.Input(shape=(None,), dtype="int32")
h = layers.Embedding(500, 16)(inputs)
h = layers.Bidirectional(layers.LSTM(16, return_sequences=True))(h)
h = layers.Bidirectional(layers.LSTM(16))(h)
outputs = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, batch_size=32, epochs=2, validation_data=(x[:60], y[:60]), verbose=0)
