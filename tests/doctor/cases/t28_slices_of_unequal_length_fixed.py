import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
sequences = [rng.normal(size=(length, 3)).tolist() for length in (4, 7, 5, 9)]
y = np.zeros((4, 1), 'float32')
x = keras.utils.pad_sequences(sequences, maxlen=10, padding='post', dtype='float32', value=-9.0)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.Masking(-9.0),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(data, epochs=2, verbose=0)
