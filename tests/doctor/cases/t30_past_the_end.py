import keras
import numpy as np

rng = np.random.default_rng(0)
series = rng.normal(size=80).astype('float32')
x, y = [], []
for i in range(len(series)):
    x.append(series[i:i + 10])
    y.append(series[i + 10])
x = np.array(x)[..., None]
y = np.array(y)
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
