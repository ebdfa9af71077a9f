import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.integers(0, 4, size=(64, 10))

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8, return_sequences=True),
    keras.layers.Dense(4),
    keras.layers.Softmax(),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
