import keras
import numpy as np

rng = np.random.default_rng(0)
rows = rng.normal(size=(200, 3)).cumsum(axis=0)
rows = (rows - rows[:150].mean(axis=0)) / rows[:150].std(axis=0)
x = np.stack([rows[i:i + 10] for i in range(190)])
y = rows[10:]
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(3)])
model.compile('adam', 'mse')
model.fit(x[:140], y[:140], epochs=2, verbose=0)
window = x[-1].copy()
for step in range(5):
    forecast = model.predict(window[None], verbose=0)[0]
    window = np.roll(window, -1)
    window[-1] = forecast
print(window)
