import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 12, 4)).astype("float32")
y = rng.normal(size=(64, 6, 2)).astype("float32")
inputs = keras.Input((12, 4))
encoded, h, c = layers.LSTM(16, return_sequences=True, return_state=True)(inputs)
decoded = layers.LSTM(16, return_sequences=True)(layers.RepeatVector(6)(h), initial_state=[h, c])
context = layers.Attention()([decoded, encoded])
outputs = layers.TimeDistributed(layers.Dense(2))(layers.Concatenate()([decoded, context]))
model = keras.Model(inputs, outputs)
model.compile("adam", "huber")
model.fit(x, y, epochs=1, verbose=0)
