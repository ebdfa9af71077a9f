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
forecast = np.zeros(20, dtype=int)
for step in range(20):
    forecast[step] = model.predict(x[190 + step:191 + step], verbose=0)[0, 0]
print(forecast - y[190:210])
