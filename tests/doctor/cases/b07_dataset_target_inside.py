import keras
import numpy as np

rng = np.random.default_rng(0)
rows = np.cumsum(rng.normal(size=(200, 3)), axis=0).astype('float32')
ds = keras.utils.timeseries_dataset_from_array(rows, rows[:, 0], 10, batch_size=32)
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(ds, verbose=0)
