import keras
import numpy as np

rng = np.random.default_rng(0)
series = rng.normal(size=300).cumsum()
mean, std = series[:200].mean(), series[:200].std()
z = (series - mean) / std
x = np.stack([z[i:i + 10] for i in range(290)])[..., None]
y = z[10:]

model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
window, ahead = x[-1], []
for step in range(4):
    forecast = model.predict(window[None], verbose=0)
    ahead.append(forecast[0, 0])
    window = np.append(window[1:], forecast)
