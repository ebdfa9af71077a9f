import keras
import numpy as np

rng = np.random.default_rng(0)
wave = np.sin(np.arange(300) / 9) + rng.normal(size=300) / 20
rows = wave.copy()
x = np.stack([rows[i:i + 10] for i in range(290)])[..., None]
y = rows[10:]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
