import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.integers(1, 50, (64, 10))
y = rng.normal(size=(64, 1)).astype('float32')
weights = (x > 5).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(10,)),
    keras.layers.Embedding(50, 4),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, sample_weight=weights, epochs=2, verbose=0)
