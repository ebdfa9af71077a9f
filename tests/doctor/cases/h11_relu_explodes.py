import keras
import numpy as np

rng = np.random.default_rng(0)
x = (rng.normal(size=(64, 60, 3)) * 1e6).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(60, 3)),
    keras.layers.LSTM(32, activation='relu'),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(1.0), loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
