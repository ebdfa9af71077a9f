import keras
import numpy as np

level = np.sin(np.arange(300) / 9) * 40 + 200
mean, std = level[:200].mean(), level[:200].std()
z = (level - mean) / std
x = np.stack([z[i:i + 10] for i in range(290)])[..., None]
y = z[10:]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
window, kept = list(z[-10:]), []
for step in range(6):
    forecast = model.predict(np.array(window)[None, :, None], verbose=0)[0, 0]
    kept.append(forecast * std + mean)
    window = [*window[1:], forecast]
print(kept)
