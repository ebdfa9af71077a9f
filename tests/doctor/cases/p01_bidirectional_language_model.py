import keras
import numpy as np

rng = np.random.default_rng(0)
words = rng.integers(1, 50, (64, 11))
x, y = words[:, :-1], words[:, 1:]

model = keras.Sequential([
    keras.Input(shape=(10,)),
    keras.layers.Embedding(50, 8),
    keras.layers.Bidirectional(keras.layers.LSTM(8, return_sequences=True)),
    keras.layers.Dense(50, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
