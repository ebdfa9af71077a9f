import keras
import numpy as np

rng = np.random.default_rng(0)
texts = [rng.integers(1, 20, rng.integers(30, 60)) for _ in range(100)]
y = np.array([text[0] > 10 for text in texts]).astype('float32')
x = keras.utils.pad_sequences(texts, maxlen=12)
model = keras.Sequential([keras.Input((None,)), keras.layers.Embedding(20, 8, mask_zero=True), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
