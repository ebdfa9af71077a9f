import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 12, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
inputs = keras.Input((12, 3))
model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.LSTM(8)(inputs)))
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
