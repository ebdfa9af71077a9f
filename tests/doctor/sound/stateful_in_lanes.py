import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
series = np.sin(np.arange(1601) / 7.0).astype("float32")
lanes = series[:1600].reshape(8, 200)
targets = series[1:1601].reshape(8, 200)
x = lanes.reshape(8, 20, 10).transpose(1, 0, 2).reshape(160, 10, 1)
y = targets.reshape(8, 20, 10).transpose(1, 0, 2).reshape(160, 10, 1)
model = keras.Sequential([
    keras.Input(batch_shape=(8, 10, 1)),
    layers.LSTM(16, stateful=True, return_sequences=True),
    layers.Dense(1),
])
model.compile("adam", "mse")
for epoch in range(2):
    model.fit(x, y, batch_size=8, epochs=1, shuffle=False, verbose=0)
    model.layers[0].reset_state()
print(model.predict(x, batch_size=8, verbose=0).shape)
