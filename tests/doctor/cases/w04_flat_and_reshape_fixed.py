import keras
import numpy as np

rng = np.random.default_rng(0)
table = rng.normal(size=(300, 3)).cumsum(axis=0)
z = (table - table[:200].mean(axis=0)) / table[:200].std(axis=0)
x = np.stack([z[i:i + 10] for i in range(290)])
y = z[10:, 0]
model = keras.Sequential([
    keras.Input((10, 3)),
    keras.layers.LSTM(8, return_sequences=True),
    keras.layers.Permute((2, 1)),
    keras.layers.LSTM(4),
    keras.layers.Dense(1),
])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
