import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = keras.utils.pad_sequences([rng.integers(1, 500, rng.integers(5, 40)) for _ in range(200)], padding="post")
y = keras.utils.to_categorical(rng.integers(0, 5, 200), 5)
model = keras.Sequential([
    layers.Embedding(500, 16, mask_zero=True),
    layers.LSTM(16, return_sequences=True),
    layers.Dropout(0.2),
    layers.GRU(16),
    layers.Dense(5, activation="softmax"),
])
model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=2, validation_split=0.2, verbose=0)
print(model.predict(x[:3], verbose=0).argmax(axis=-1))
