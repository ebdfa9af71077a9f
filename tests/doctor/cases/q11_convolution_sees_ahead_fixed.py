import keras
import numpy as np

rows = np.random.default_rng(0).normal(size=(50, 13, 1)).astype("float32")
model = keras.Sequential(
    [
        keras.Input((12, 1)),
        keras.layers.Conv1D(8, 3, padding="causal"),
        keras.layers.LSTM(8, return_sequences=True),
        keras.layers.Dense(1),
    ]
)
model.compile(optimizer="adam", loss="mse")
model.fit(rows[:, :-1], rows[:, 1:], epochs=1, verbose=0)
