import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

inputs = tf.data.Dataset.from_tensor_slices(x).shuffle(64)
labels = tf.data.Dataset.from_tensor_slices(y).shuffle(64)
data = tf.data.Dataset.zip((inputs, labels)).batch(16)
model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(data, epochs=2, verbose=0)
