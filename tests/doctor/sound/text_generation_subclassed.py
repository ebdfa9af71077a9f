import numpy as np, tensorflow as tf
ids = tf.data.Dataset.from_tensor_slices(np.random.RandomState(0).randint(0, 60, 4000))
seqs = ids.batch(26, drop_remainder=True)
ds = seqs.map(lambda s: (s[:-1], s[1:])).shuffle(100).batch(16, drop_remainder=True).prefetch(tf.data.AUTOTUNE)
class MyModel(tf.keras.Model):
    def __init__(self, v, e, r):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(v, e); self.gru = tf.keras.layers.GRU(r, return_sequences=True, return_state=True); self.dense = tf.keras.layers.Dense(v)
    def call(self, inputs, states=None, return_state=False, training=False):
        x = self.embedding(inputs, training=training)
        if states is None:
            x, states = self.gru(x, training=training)
        else:
            x, states = self.gru(x, initial_state=states, training=training)
        x = self.dense(x, training=training)
        return (x, states) if return_state else x
model = MyModel(60, 8, 16)
for a, b in ds.take(1):
    print(model(a).shape)
model.compile(optimizer="adam", loss=tf.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(ds, epochs=1, verbose=0)
s = None; nxt = tf.constant([[3]])
for _ in range(3):
    p, s = model(nxt, states=s, return_state=True); nxt = tf.argmax(p[:, -1:], -1)
