import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.Input((6, 3)), keras.layers.LSTM(4), keras.layers.Dense(3)])
x, y = tf.random.normal((8, 6, 3)), tf.constant(np.random.randint(0, 3, 8), tf.float32)
adam = keras.optimizers.Adam()
with tf.GradientTape() as tape:
    answer = model(x, training=True)
    loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, answer, from_logits=True))
adam.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
