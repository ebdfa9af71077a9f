import keras
import numpy as np
import pandas as pd

days = pd.date_range("2020-01-01", periods=120)
table = pd.DataFrame({"level": np.cumsum(np.random.default_rng(0).normal(size=120))}, index=days)[
    ::-1
].sort_index()
level = (table["level"].to_numpy() - table["level"].mean()) / table["level"].std()
x = np.stack([level[i : i + 8] for i in range(112)])[:, :, None]
model = keras.Sequential([keras.Input((8, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(x[:90], level[8:98], epochs=1, verbose=0)
