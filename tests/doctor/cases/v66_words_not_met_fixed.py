import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
sky = ['clear', 'rain', 'fog']
train = pd.DataFrame({'heat': rng.normal(size=150), 'sky': rng.choice([*sky, 'snow'], 150)})
test = pd.DataFrame({'heat': rng.normal(size=60), 'sky': rng.choice(sky, 60)})
known = pd.get_dummies(train, dtype=float)
asked = pd.get_dummies(test, dtype=float).reindex(columns=known.columns, fill_value=0.0)


def cut(table):
    rows = table.to_numpy('float32')
    return np.stack([rows[i:i + 10] for i in range(len(rows) - 10)]), rows[10:, 0]


x, y = cut(known)
x_test, y_test = cut(asked)
model = keras.Sequential([keras.Input((10, 5)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, epochs=2, verbose=0)
print(model.evaluate(x_test, y_test, verbose=0))
