import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(100, 12)).astype('float32')
y = rng.normal(size=(100, 1)).astype('float32')

model = keras.Sequential()
model.add(keras.layers.LSTM(8))
model.add(keras.layers.Dense(1))
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
