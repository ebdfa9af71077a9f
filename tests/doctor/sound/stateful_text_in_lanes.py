import numpy as np, tensorflow as tf
enc = np.random.RandomState(0).randint(0, 39, 8001)
n_steps, batch = 20, 8
parts = np.array_split(enc[:8000], batch)
dss = []
for p in parts:
    d = tf.data.Dataset.from_tensor_slices(p).window(n_steps + 1, shift=n_steps, drop_remainder=True)
    dss.append(d.flat_map(lambda w: w.batch(n_steps + 1)))
ds = tf.data.Dataset.zip(tuple(dss)).map(lambda *w: tf.ensure_shape(tf.stack(w), (8, 21))).map(lambda w: (w[:, :-1], w[:, 1:])).prefetch(1)
m = tf.keras.Sequential([tf.keras.Input(batch_shape=(batch, 20)), tf.keras.layers.Embedding(39, 8), tf.keras.layers.GRU(16, return_sequences=True, stateful=True), tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(39, activation="softmax"))])
class Reset(tf.keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.layers[1].reset_state()
m.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
m.fit(ds, epochs=2, callbacks=[Reset()], verbose=0)
