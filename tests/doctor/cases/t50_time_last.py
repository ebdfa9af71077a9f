import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 3, 10)).astype('float32')  # sensors, readings
y = rng.normal(size=(64, 1)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
