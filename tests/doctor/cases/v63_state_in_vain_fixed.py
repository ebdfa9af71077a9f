import keras
import numpy as np

rng = np.random.default_rng(0)
source = rng.integers(1, 12, size=(120, 6))
target = source[:, ::-1]
shown = np.concatenate([np.zeros((120, 1), int), target[:, :-1]], axis=1)


class Decoder(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.embed = keras.layers.Embedding(12, 8)
        self.gru = keras.layers.GRU(16, return_sequences=True)
        self.head = keras.layers.Dense(12, activation='softmax')

    def call(self, tokens, state):
        return self.head(self.gru(self.embed(tokens), initial_state=state))


read, told = keras.Input((6,)), keras.Input((6,))
state = keras.layers.GRU(16)(keras.layers.Embedding(12, 8)(read))
model = keras.Model([read, told], Decoder()(told, state))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit([source, shown], target, epochs=2, verbose=0)
