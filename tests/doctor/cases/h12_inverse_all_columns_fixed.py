import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(200, 3)) * 10
low, high = rows.min(0), rows.max(0)
scaled = (rows - low) / (high - low)
x = np.stack([scaled[i:i + 10] for i in range(190)])
y = scaled[10:, 0]
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
pred = model.predict(x, verbose=0)
values = pred * (high[0] - low[0]) + low[0]
