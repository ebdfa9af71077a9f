import keras
import numpy as np

rng = np.random.default_rng(0)
series = rng.normal(size=400)
x, y = [], []
for number, start in enumerate(range(0, 390, 10)):
    x.append(series[start:start + 10])
    y.append(series[number + 10])
x, y = np.array(x)[..., None], np.array(y)
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, epochs=2, verbose=0)
