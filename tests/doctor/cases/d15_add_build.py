import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
model = keras.Sequential()
model.add(keras.layers.GRU(8, input_shape=(10, 3)))
model.add(keras.layers.GRU(4))
model.add(keras.layers.Dense(1))
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
