import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(200, 3)).astype('float32')


def windows():
    while True:
        for start in range(190):
            x, y = rows[start:start + 10], rows[start + 10, :1]
            yield x, y


model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(windows(), steps_per_epoch=4, epochs=1, verbose=0)
