import keras
import numpy as np

rng = np.random.default_rng(0)
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = keras.layers.LSTM(8, return_sequences=True)
        self.out = keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.rnn(x))


x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')
model = Net()
model.compile('adam', 'mse')
model.fit(x, y, verbose=0)
