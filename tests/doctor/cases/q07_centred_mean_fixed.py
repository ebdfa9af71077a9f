import keras
import numpy as np
import pandas as pd

flow = pd.Series(np.random.default_rng(0).normal(size=150))
smooth = flow.rolling(7).mean().dropna().to_numpy()
target = flow.to_numpy()[-len(smooth) :]
x = np.stack([smooth[i : i + 10] for i in range(len(smooth) - 10)])[:, :, None]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(x, target[10:], epochs=1, verbose=0)
