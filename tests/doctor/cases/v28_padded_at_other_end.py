import keras
import numpy as np

rng = np.random.default_rng(0)
texts = [rng.integers(1, 20, rng.integers(3, 14)) for _ in range(200)]
y = np.array([text[-1] > 10 for text in texts]).astype('float32')
x = keras.utils.pad_sequences(texts[:150], maxlen=14, padding='post')
x_test = keras.utils.pad_sequences(texts[150:], maxlen=14)
model = keras.Sequential([keras.Input((14,)), keras.layers.Embedding(20, 8, mask_zero=True), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x, y[:150], epochs=2, verbose=0)
print(model.evaluate(x_test, y[150:], verbose=0))
