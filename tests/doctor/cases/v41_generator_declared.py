import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)


def samples():
    for _ in range(64):
        rows = rng.normal(size=(10, 3)).astype('float32')
        yield rows, rows.sum(keepdims=True)[0]


signature = (tf.TensorSpec((10, 2), tf.float32), tf.TensorSpec((1,), tf.float32))
data = tf.data.Dataset.from_generator(samples, output_signature=signature).batch(16)
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(data, epochs=2, verbose=0)
