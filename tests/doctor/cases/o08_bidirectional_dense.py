import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

inputs = keras.Input((10, 3))
hidden = keras.layers.Bidirectional(keras.layers.Dense(8))(inputs)
hidden = keras.layers.LSTM(8)(hidden)
model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
