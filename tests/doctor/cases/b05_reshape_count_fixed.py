import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(1000, 3))
x = np.stack([rows[i:i + 10] for i in range(990)])
y = rng.normal(size=(990,)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
