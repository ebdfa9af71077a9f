import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
t = pd.DataFrame({"machine": np.repeat(["a", "b", "c", "d"], 40), "heat": rng.normal(size=160).cumsum()})
v = t["heat"].to_numpy()
v = (v - v.mean()) / v.std()
x = np.stack([v[i:i + 8] for i in range(152)])[..., None]
y = v[8:]
m = keras.Sequential([keras.Input((8, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
