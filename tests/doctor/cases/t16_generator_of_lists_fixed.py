import keras
import numpy as np

rng = np.random.default_rng(0)


def batches():
    while True:
        x = rng.normal(size=(16, 10, 3)).astype('float32')
        yield x, rng.normal(size=(16, 1)).astype('float32')


model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(batches(), steps_per_epoch=4, epochs=2, verbose=0)
