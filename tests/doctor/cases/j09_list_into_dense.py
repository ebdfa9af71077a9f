import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
a = keras.Input((10, 3))
model = keras.Model(a, keras.layers.Dense(1)(keras.layers.LSTM(8, return_state=True)(a)))
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
