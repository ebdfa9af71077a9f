import keras
import numpy as np

rng = np.random.default_rng(0)
speed = rng.normal(size=(96, 10, 1)).astype('float32')
slope = rng.normal(size=(96, 10, 1)).astype('float32')
y = (2 * speed[:, -1] - slope[:, -3]).astype('float32')

a = keras.Input(shape=(10, 1))
b = keras.Input(shape=(10, 1))
h = keras.layers.Concatenate()([keras.layers.LSTM(4)(a), keras.layers.LSTM(4)(b)])
model = keras.Model([a, b], keras.layers.Dense(1)(h))
model.compile(optimizer='adam', loss='mse')
model.fit([speed[:64], slope[:64]], y[:64], epochs=2, verbose=0)
print(model.predict([slope[64:], speed[64:]], verbose=0)[:3])
