import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
text = "the quick brown fox jumps over the lazy dog and runs away " * 20
chars = sorted(set(text))
index = {char: i for i, char in enumerate(chars)}
maxlen, step = 20, 3
starts = range(0, len(text) - maxlen, step)
x = np.zeros((len(starts), maxlen, len(chars)), dtype="bool")
y = np.zeros((len(starts), len(chars)), dtype="bool")
for i, start in enumerate(starts):
    for t, char in enumerate(text[start : start + maxlen]):
        x[i, t, index[char]] = 1
    y[i, index[text[start + maxlen]]] = 1
model = keras.Sequential([
    keras.Input(shape=(maxlen, len(chars))),
    layers.LSTM(32),
    layers.Dense(len(chars), activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=0.01))
for epoch in range(2):
    model.fit(x, y, batch_size=128, epochs=1, verbose=0)
    seed = np.zeros((1, maxlen, len(chars)))
    for t in range(maxlen):
        seed[0, t, rng.integers(len(chars))] = 1.0
    for _ in range(3):
        probabilities = model.predict(seed, verbose=0)[0]
        seed = np.roll(seed, -1, axis=1)
        seed[0, -1] = 0
        seed[0, -1, int(np.argmax(probabilities))] = 1
