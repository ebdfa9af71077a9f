import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.integers(0, 2, size=(64, 1))

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss=keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(x, y, epochs=2, verbose=0)
yes = model.predict(x, verbose=0) > 0.5
