import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = np.eye(12)[rng.integers(0, 12, (300, 7))].astype(bool)
y = np.eye(12)[rng.integers(0, 12, (300, 4))].astype(bool)
model = keras.Sequential()
model.add(layers.Input((7, 12)))
model.add(layers.LSTM(32))
model.add(layers.RepeatVector(4))
model.add(layers.LSTM(32, return_sequences=True))
model.add(layers.Dense(12, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.summary()
model.fit(x, y, batch_size=32, epochs=1, validation_data=(x[:40], y[:40]), verbose=0)
