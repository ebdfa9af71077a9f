import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = (50 + 10 * rng.normal(size=(64, 1))).astype('float32')


class Forecast(keras.Model):
    def __init__(self):
        super().__init__()
        self.recurrent = keras.layers.LSTM(8)
        self.head = keras.layers.Dense(1)

    def call(self, inputs):
        return self.head(self.recurrent(inputs))


model = Forecast()
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
