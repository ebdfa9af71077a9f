import keras
import numpy as np

rng = np.random.default_rng(0)
level = 2 + 5 * rng.random(300)
low, high = level[:200].min(), level[:200].max()


def cut(rows):
    return np.stack([rows[i:i + 10] for i in range(len(rows) - 10)])[..., None], rows[10:]


train, test = (level[:200] - low) / (high - low), (level[200:] - low) / (high - low)
x, y = cut(train)
x_test, y_test = cut(test)
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, epochs=2, verbose=0)
print(model.evaluate(x_test, y_test, verbose=0))
