import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

lstm = keras.layers.LSTM(8)
h = np.zeros((32, 8), 'float32')
c = np.zeros((32, 8), 'float32')
print(lstm(x, initial_state=[h, c]).shape)
