import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')


def batches():
    while True:
        start = 0
        yield x[start:start + 16], y[start:start + 16]
        start = (start + 16) % 64


model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(batches(), steps_per_epoch=4, epochs=2, verbose=0)
