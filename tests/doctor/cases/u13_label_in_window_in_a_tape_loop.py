import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
s = rng.normal(size=120).cumsum()
x = np.lib.stride_tricks.sliding_window_view(s, 8)[:, :, None].astype("float32")
y = s[7:].astype("float32")[:, None]
m = keras.Sequential([keras.Input((8, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
opt = keras.optimizers.Adam()
mse = keras.losses.MeanSquaredError()
for i in range(0, 96, 32):
    with tf.GradientTape() as tape:
        loss = mse(y[i:i + 32], m(x[i:i + 32], training=True))
    opt.apply(tape.gradient(loss, m.trainable_weights), m.trainable_weights)
