import keras
import numpy as np

rng = np.random.default_rng(0)
series = np.sin(np.arange(160) / 7) + 0.1 * rng.normal(size=160)
series = series.astype('float32')
x = np.stack([series[i:i + 10] for i in range(150)])[..., None]
y = series[10:]
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x[:120], y[:120], epochs=2, verbose=0)
window = series[:120][-10:].copy()
forecasts = []
for step in range(6):
    forecast = model.predict(window[None, :, None], verbose=0)[0, 0]
    forecasts.append(forecast)
    window = np.concatenate([[forecast], window[:-1]])
