import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(120, 10, 2)).astype('float32')
y = rng.integers(0, 3, 120)
y = (y - y.min()) / (y.max() - y.min())
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8), keras.layers.Dense(3, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
