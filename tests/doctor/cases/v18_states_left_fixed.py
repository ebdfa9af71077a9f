import keras
import numpy as np

rng = np.random.default_rng(0)
source = rng.integers(1, 12, size=(120, 8))
target = source[:, ::-1]
shown = np.concatenate([np.zeros((120, 1), int), target[:, :-1]], axis=1)
enc_in = keras.Input((8,))
_, h, c = keras.layers.LSTM(16, return_state=True)(keras.layers.Embedding(13, 8)(enc_in))
dec_in = keras.Input((None,))
embed = keras.layers.Embedding(13, 8)
cell = keras.layers.LSTM(16, return_sequences=True, return_state=True)
head = keras.layers.Dense(13, activation='softmax')
sequence, _, _ = cell(embed(dec_in), initial_state=[h, c])
model = keras.Model([enc_in, dec_in], head(sequence))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit([source, shown], target, epochs=2, verbose=0)

encoder = keras.Model(enc_in, [h, c])
h_in, c_in = keras.Input((16,)), keras.Input((16,))
sequence, h_out, c_out = cell(embed(dec_in), initial_state=[h_in, c_in])
decoder = keras.Model([dec_in, h_in, c_in], [head(sequence), h_out, c_out])
states = encoder.predict(source[:1], verbose=0)
token, said = np.zeros((1, 1), int), []
for step in range(8):
    answer, *states = decoder.predict([token, *states], verbose=0)
    token = answer[:, -1].argmax(axis=-1)[:, None]
    said.append(int(token[0, 0]))
print(said, target[0])
