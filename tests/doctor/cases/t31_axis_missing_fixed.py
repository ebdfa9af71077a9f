import keras
import numpy as np

rng = np.random.default_rng(0)
series = rng.normal(size=80).astype('float32')
x = np.stack([series[i:i + 10] for i in range(70)])
y = series[10:]
x = x.reshape(x.shape[0], x.shape[1], 1)
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
