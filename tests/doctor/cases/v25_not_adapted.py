import keras
import numpy as np

rng = np.random.default_rng(0)
series = 300 + rng.normal(size=300).cumsum()
x = np.stack([series[i:i + 10] for i in range(290)])[..., None]
y = (series[10:] - series[:200].mean()) / series[:200].std()
norm = keras.layers.Normalization(axis=-1)
model = keras.Sequential([keras.Input((10, 1)), norm, keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
