import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(200, 10, 2)).astype('float32')
y = (rng.random(200) < 0.1).astype(int)
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x, y, class_weight={0: 9.0, 1: 1.0}, epochs=2, verbose=0)
