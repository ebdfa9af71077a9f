import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.normal(size=(64, 1)).astype('float32')


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = keras.layers.LSTM(8)
        self.head = keras.layers.Dense(1)

    def call(self, x):
        return self.head(self.rnn(x))


model = Net()
model(x[:1])
print(model.count_params())
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0)
