import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
t = pd.DataFrame({"machine": np.repeat(["a", "b", "c", "d"], 40), "heat": rng.normal(size=160).cumsum()})
xs, ys = ([], [])
for _name, part in t.groupby("machine"):
    v = part["heat"].to_numpy()
    for i in range(len(v) - 8):
        xs.append(v[i:i + 8])
        ys.append(v[i + 8])
x, y = (np.stack(xs)[..., None], np.array(ys))
m = keras.Sequential([keras.Input((8, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
m.compile("adam", "mse")
m.fit(x, y, epochs=1, verbose=0)
