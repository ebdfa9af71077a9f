import keras
import numpy as np

rng = np.random.default_rng(0)
seqs = [list(rng.integers(0, 30, n)) for n in rng.integers(3, 12, 50)]
x = keras.utils.pad_sequences(seqs, value=-1, padding="post")
y = rng.integers(0, 2, 50)
m = keras.Sequential([
    keras.layers.Embedding(30, 6),
    keras.layers.LSTM(8),
    keras.layers.Dense(1, activation="sigmoid"),
])
m.compile("adam", "binary_crossentropy")
m.fit(x, y, epochs=1, verbose=0)
