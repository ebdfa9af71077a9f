import keras
import numpy as np

model = keras.Sequential()
model.add(keras.Input((12, 3)))
model.add(keras.layers.LSTM(20, return_sequences=True))
model.add(keras.layers.TimeDistributed(keras.layers.Reshape((6, 4))))
model.add(keras.layers.Dense(1))
model.compile("adam", "mse")
model.fit(np.random.rand(30, 12, 3), np.random.rand(30, 12, 6, 1), epochs=1, verbose=0)
