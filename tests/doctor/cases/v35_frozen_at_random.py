import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.integers(1, 30, size=(120, 10))
y = (x[:, -1] > 15).astype('float32')
model = keras.Sequential([keras.Input((10,)), keras.layers.Embedding(30, 8, trainable=False), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
