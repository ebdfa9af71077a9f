"""Whole windows for the training; the short ones come later, padded with the value that Masking skips."""

import keras
import numpy as np

rng = np.random.default_rng(0)
series = np.cumsum(rng.normal(size=300)) * 0.1
low, high = series[:220].min(), series[:220].max()
scaled = ((series - low) / (high - low)).astype("float32")
windows = np.stack([scaled[start : start + 10] for start in range(290)])[..., None]
labels = scaled[10:]

model = keras.Sequential([
    keras.Input((10, 1)), keras.layers.Masking(mask_value=-99.0), keras.layers.LSTM(8), keras.layers.Dense(1),
])  # fmt: skip
model.compile("adam", "mse")
model.fit(windows[:210], labels[:210], epochs=2, verbose=0)
short = np.full((20, 10, 1), -99.0, dtype="float32")
for row, length in enumerate(rng.integers(4, 10, size=20)):
    short[row, 10 - length :] = windows[230 + row, 10 - length :]
print(model.predict(short, verbose=0)[:3] * (high - low) + low)
