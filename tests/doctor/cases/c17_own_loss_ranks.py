import keras
import numpy as np

rng = np.random.default_rng(0)
class Squared(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return keras.ops.square(y_true - y_pred)


x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64,)).astype('float32')
model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', Squared())
model.fit(x, y, verbose=0)
