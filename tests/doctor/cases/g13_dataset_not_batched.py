import keras
import numpy as np

rng = np.random.default_rng(0)
import tensorflow as tf

x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
ds = tf.data.Dataset.from_tensor_slices((x, y))
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(ds, verbose=0)
