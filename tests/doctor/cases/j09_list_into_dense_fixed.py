import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
a = keras.Input((10, 3))
o, h, c = keras.layers.LSTM(8, return_state=True)(a)
model = keras.Model(a, keras.layers.Dense(1)(o))
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
