import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(96, 7, 12)).astype('float32')
y = rng.normal(size=(96, 3, 12)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(7, 12)),
    keras.layers.LSTM(4),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, batch_size=3, verbose=0)
