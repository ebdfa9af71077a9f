import keras
import numpy as np

rng = np.random.default_rng(0)
table = rng.normal(size=(80, 3)).astype('float32')
x = np.stack([table[i:i + 10] for i in range(70)])
y = table[10:, 3]
model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
