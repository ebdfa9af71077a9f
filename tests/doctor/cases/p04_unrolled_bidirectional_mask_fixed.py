import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.integers(1, 50, (64, 10))
x[:, 7:] = 0
y = rng.integers(0, 4, (64, 10))

model = keras.Sequential([
    keras.Input(shape=(10,)),
    keras.layers.Embedding(50, 8, mask_zero=True),
    keras.layers.Bidirectional(keras.layers.LSTM(8, return_sequences=True)),
    keras.layers.Dense(4, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
