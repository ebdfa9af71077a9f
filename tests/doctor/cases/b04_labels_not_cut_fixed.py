import keras
import numpy as np

rng = np.random.default_rng(0)
rows = np.cumsum(rng.normal(size=(200, 3)), axis=0).astype('float32')
x = np.stack([rows[i:i + 10] for i in range(190)])
y = rows[10:, 0]
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
