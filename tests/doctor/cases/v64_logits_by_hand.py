import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.integers(0, 4, 64)
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(4)])
measure = keras.losses.SparseCategoricalCrossentropy()
optimizer = keras.optimizers.Adam()


@tf.function
def step(inputs, labels):
    with tf.GradientTape() as tape:
        loss = measure(labels, model(inputs, training=True))
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for start in range(0, 64, 16):
    print(float(step(x[start:start + 16], y[start:start + 16])))
print(model(x[:4]).numpy().argmax(axis=-1))
