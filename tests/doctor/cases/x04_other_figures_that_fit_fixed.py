import keras
import numpy as np

rng = np.random.default_rng(0)
rows = np.arange(500)
table = np.column_stack([
    12 + 6 * np.sin(rows / 20) + rng.normal(size=500),
    rng.gamma(2.0, 3.0, size=500),
    700 + 150 * np.sin(rows / 15) + 15 * rng.normal(size=500),
])
mean, std = table[:400].mean(axis=0), table[:400].std(axis=0)
scaled = (table - mean) / std
X = np.stack([scaled[i:i + 8] for i in range(492)])
y = scaled[8:, 2]

model = keras.Sequential([keras.Input(shape=(8, 3)), keras.layers.LSTM(12), keras.layers.Dense(1)])
model.compile(optimizer='adam', loss='mse')
model.fit(X[:392], y[:392], epochs=3, verbose=0)
forecast = model.predict(X[392:], verbose=0).ravel() * std[2] + mean[2]
first = 392 + 8
print('RMSE', np.sqrt(np.mean((forecast - table[first + 0:, 2]) ** 2)))
