import keras
import numpy as np

rng = np.random.default_rng(0)
price = 100 + rng.normal(size=300).cumsum()
z = (price - price[:200].mean()) / price[:200].std()
x = np.stack([z[i:i + 10] for i in range(289)])[..., None]
y = np.array([price[i + 9] > price[i + 8] for i in range(289)]).astype('float32')
model = keras.Sequential([keras.Input((10, 1)), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x[:190], y[:190], epochs=2, verbose=0)
