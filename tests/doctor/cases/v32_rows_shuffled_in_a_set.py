import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
wave = (np.sin(np.arange(300) / 9) + rng.normal(size=300) / 20).astype('float32')
data = tf.data.Dataset.from_tensor_slices(wave).shuffle(300)
data = data.window(11, shift=1, drop_remainder=True)
data = data.flat_map(lambda window: window.batch(11))
data = data.map(lambda window: (window[:-1, None], window[-1])).batch(32)
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(data, epochs=2, verbose=0)
