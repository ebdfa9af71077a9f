import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(160, 10, 2)).astype('float32')
y = x.sum(axis=(1, 2))
inputs = keras.Input((10, 2))
sequence = keras.layers.LSTM(8, return_sequences=True)(inputs)
outputs = keras.layers.Dense(1)(sequence[:, 0])
model = keras.Model(inputs, outputs)
model.compile('adam', 'mse')
model.fit(x, y, epochs=2, verbose=0)
