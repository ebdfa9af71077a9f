import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
class Net(keras.Model):
    def train_step(self, data):
        import tensorflow as tf

        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_weights), self.trainable_weights))
        return {"loss": loss}


inputs = keras.Input((12, 3))
model = Net(inputs, layers.Dense(1)(layers.GRU(8)(inputs)))
model.compile("adam", "mse")
model.fit(rng.normal(size=(64, 12, 3)), rng.normal(size=(64, 1)), epochs=1, verbose=0)
