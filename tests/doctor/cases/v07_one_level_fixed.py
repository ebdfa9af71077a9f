import keras
import numpy as np

rng = np.random.default_rng(0)
price = 100 + rng.normal(size=400).cumsum()
change = np.diff(price)
std = change[:280].std()
z = change / std
x = np.stack([z[i:i + 10] for i in range(389)])[..., None]
y = z[10:]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:270], y[:270], epochs=2, verbose=0)
forecast = model.predict(x[270:], verbose=0)[:, 0] * std
level = price[280:-1] + forecast
print(np.abs(level - price[281:]).mean())
