import keras
import numpy as np

rng = np.random.default_rng(0)
source, target = rng.integers(1, 20, (64, 8)), rng.integers(1, 20, (64, 7))

read, wrote = keras.Input((None,)), keras.Input((None,))
_, h, c = keras.layers.LSTM(8, return_state=True)(keras.layers.Embedding(20, 4)(read))
decoder = keras.layers.LSTM(8, return_sequences=True)
steps = decoder(keras.layers.Embedding(20, 4)(wrote), initial_state=[h, c])
model = keras.Model([read, wrote], keras.layers.Dense(20, activation='softmax')(steps))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit([source, target], target, epochs=2, verbose=0, batch_size=32)
