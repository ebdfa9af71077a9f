import keras
import numpy as np

rng = np.random.default_rng(0)
count = np.clip(100 + 3 * rng.normal(size=300).cumsum(), 0, 255).astype('uint8')
change = np.diff(count.astype('float32')) / 10
x = np.stack([change[i:i + 10] for i in range(289)])[..., None]
y = change[10:]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
