import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 4)).astype('float32')
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(4)])
optimizer = keras.optimizers.Adam()


def step(inputs, labels):
    with tf.GradientTape() as tape:
        loss = np.mean((labels - model(inputs, training=True).numpy()) ** 2)
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for start in range(0, 64, 16):
    print(float(step(x[start:start + 16], y[start:start + 16])))
