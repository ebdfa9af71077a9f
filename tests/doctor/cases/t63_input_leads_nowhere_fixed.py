import keras
import numpy as np

rng = np.random.default_rng(0)
source = rng.normal(size=(64, 10, 3)).astype('float32')
target = rng.normal(size=(64, 6, 2)).astype('float32')
before = np.concatenate([np.zeros((64, 1, 2), 'float32'), target[:, :-1]], axis=1)

encoder_in = keras.Input(shape=(10, 3))
decoder_in = keras.Input(shape=(6, 2))
_, h, c = keras.layers.LSTM(8, return_state=True)(encoder_in)
decoded = keras.layers.LSTM(8, return_sequences=True)(decoder_in, initial_state=[h, c])
model = keras.Model([encoder_in, decoder_in], keras.layers.Dense(2)(decoded))
model.compile(optimizer='adam', loss='mse')
model.fit([source, before], target, epochs=2, verbose=0)
