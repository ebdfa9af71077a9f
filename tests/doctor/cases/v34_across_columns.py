import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(300, 3)) * [1.0, 50.0, 0.1] + [0.0, 300.0, 5.0]
z = (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)
x = np.stack([z[i:i + 10] for i in range(290)])
y = z[10:, 0]
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
