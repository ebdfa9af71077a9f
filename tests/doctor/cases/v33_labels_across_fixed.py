import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(120, 10, 2)).astype('float32')
y = x.sum(axis=2, keepdims=True)
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8, return_sequences=True), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, epochs=2, verbose=0)
