import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype("float32")
y = (x[:, -1, 0] > 0).astype("float32")
order = rng.permutation(len(x))
chosen = x[order]
answers = y
model = keras.Sequential(
    [keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1, activation="sigmoid")]
)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(chosen[:48], answers[:48], epochs=1, verbose=0)
