import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
stars = rng.integers(1, 4, size=64)
y = keras.utils.to_categorical(stars - 1)

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(3, activation='softmax'),
])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
