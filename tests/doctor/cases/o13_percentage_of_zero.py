import keras
import numpy as np

rng = np.random.default_rng(0)
rain = np.maximum(0, rng.normal(size=210)).astype('float32')
x = np.stack([rain[start:start + 10] for start in range(200)])[..., np.newaxis]
y = rain[10:]

model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mape')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
