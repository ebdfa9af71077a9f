import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(12, 5, 8, 8)).astype('float32')
y = rng.normal(size=(12, 1)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(5, 8, 8)),
    keras.layers.ConvLSTM2D(4, 3),
    keras.layers.Flatten(),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
