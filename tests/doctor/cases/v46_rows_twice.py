import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame({'time': pd.date_range('2024-01-01', periods=300, freq='h'), 'load': rng.normal(size=300).cumsum()})
first, second = table[:200], table[150:]
table = pd.concat([first, second]).sort_values('time')
load = table['load'].to_numpy()
z = (load - load[:200].mean()) / load[:200].std()
x = np.stack([z[i:i + 10] for i in range(len(z) - 10)])[..., None]
y = z[10:]
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
