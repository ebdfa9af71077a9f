import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
import tensorflow as tf

ids = rng.integers(0, 30, size=5000)
sequences = tf.data.Dataset.from_tensor_slices(ids).batch(51, drop_remainder=True)
dataset = sequences.map(lambda chunk: (chunk[:-1], chunk[1:])).shuffle(100).batch(16, drop_remainder=True)


class TextModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(30, 16)
        self.gru = layers.GRU(32, return_sequences=True, return_state=True)
        self.dense = layers.Dense(30)

    def call(self, inputs, states=None, return_state=False, training=False):
        x = self.embedding(inputs, training=training)
        x, states = self.gru(x, initial_state=states, training=training)
        x = self.dense(x, training=training)
        return (x, states) if return_state else x


model = TextModel()
for batch, labels in dataset.take(1):
    print(model(batch).shape)
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(dataset, epochs=3, verbose=0)
logits, states = model(np.array([[1, 2, 3]]), return_state=True)
logits, states = model(np.array([[4]]), states=states, return_state=True)
