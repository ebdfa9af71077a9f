import keras
import numpy as np

rng = np.random.default_rng(0)
series = rng.normal(size=(80, 1)).astype('float32')
x = np.stack([series[i:i + 10] for i in range(70)])
y = series[10:]
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
window = series[-10:][None]
for step in range(3):
    predicted = model.predict(window, verbose=0)
    window = np.append(window[:, 1:], predicted.reshape(1, 1, 1), axis=1)
