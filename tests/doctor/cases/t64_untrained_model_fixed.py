import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')


def build():
    network = keras.Sequential([keras.Input(shape=(10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
    network.compile(optimizer='adam', loss='mse')
    return network


model = build()
model.fit(x[:48], y[:48], epochs=2, verbose=0)
print(model.predict(x[48:], verbose=0)[:3])
