import keras
import numpy as np

rng = np.random.default_rng(0)
x = keras.utils.pad_sequences([rng.normal(size=(n, 3)) for n in rng.integers(3, 11, 64)], dtype='float32', value=-9.0)
y = rng.normal(size=(64, 1)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(None, 3)),
    keras.layers.Masking(mask_value=-9.0),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
