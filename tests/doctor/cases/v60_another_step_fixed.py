import keras
import numpy as np

rng = np.random.default_rng(0)
series = np.sin(np.arange(300) / 7) + rng.normal(size=300) / 10
x = np.stack([series[i:i + 10] for i in range(286)])[..., None]
y = np.stack([series[i + 10:i + 14] for i in range(286)])
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(4)])
model.compile('adam', 'mse')
model.fit(x[:200], y[:200], epochs=2, verbose=0)
x_test, y_test = x[200:], y[200:]
forecast = model.predict(x_test, verbose=0)
print(np.abs(forecast[:, 3] - y_test[:, 3]).mean())
