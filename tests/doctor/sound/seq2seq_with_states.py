import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
num_samples, latent, n_in, n_out = 100, 32, 20, 25
encoder_input = np.eye(n_in)[rng.integers(0, n_in, (num_samples, 12))].astype("float32")
tokens = rng.integers(0, n_out, (num_samples, 10))
decoder_input = np.eye(n_out)[tokens].astype("float32")
decoder_target = np.zeros_like(decoder_input)
decoder_target[:, :-1] = decoder_input[:, 1:]
encoder_inputs = keras.Input(shape=(None, n_in))
encoder = layers.LSTM(latent, return_state=True)
_, state_h, state_c = encoder(encoder_inputs)
states = [state_h, state_c]
decoder_inputs = keras.Input(shape=(None, n_out))
decoder_lstm = layers.LSTM(latent, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=states)
decoder_dense = layers.Dense(n_out, activation="softmax")
outputs = decoder_dense(decoder_outputs)
model = keras.Model([encoder_inputs, decoder_inputs], outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit([encoder_input, decoder_input], decoder_target, batch_size=32, epochs=2, validation_split=0.2, verbose=0)
encoder_model = keras.Model(encoder_inputs, states)
h_in, c_in = keras.Input(shape=(latent,)), keras.Input(shape=(latent,))
out, h, c = decoder_lstm(decoder_inputs, initial_state=[h_in, c_in])
decoder_model = keras.Model([decoder_inputs, h_in, c_in], [decoder_dense(out), h, c])
h, c = encoder_model.predict(encoder_input[:1], verbose=0)
token = np.zeros((1, 1, n_out))
token[0, 0, 0] = 1
for _ in range(3):
    probabilities, h, c = decoder_model.predict([token, h, c], verbose=0)
    token = np.zeros((1, 1, n_out))
    token[0, 0, int(np.argmax(probabilities[0, -1]))] = 1
