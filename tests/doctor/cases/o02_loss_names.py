import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

inputs = keras.Input((10, 3))
hidden = keras.layers.LSTM(8)(inputs)
price = keras.layers.Dense(1, name='price')(hidden)
trend = keras.layers.Dense(1, activation='sigmoid', name='trend')(hidden)
model = keras.Model(inputs, [price, trend])
model.compile(optimizer='adam', loss={'price': 'mse', 'direction': 'binary_crossentropy'})
up = (y > 0).astype('float32')
model.fit(x, {'price': y, 'trend': up}, epochs=2, verbose=0, batch_size=32)
