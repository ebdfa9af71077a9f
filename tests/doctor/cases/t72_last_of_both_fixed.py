import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

inputs = keras.Input(shape=(10, 3))
h = keras.layers.Bidirectional(keras.layers.LSTM(8))(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(h))
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
