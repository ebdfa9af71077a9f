import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
series = rng.normal(size=(80, 3)).astype('float32')
data = tf.data.Dataset.from_tensor_slices(series).window(11, shift=1, drop_remainder=True)
data = data.flat_map(lambda window: window.batch(11))
data = data.map(lambda window: (window[:-1], window[-1, :1])).batch(16)
model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(data, epochs=2, verbose=0)
