import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
x = rng.normal(size=(96, 10, 3)).astype('float32')
names = pd.Series(rng.choice(['walk', 'run', 'sit'], size=96))
y, classes = pd.factorize(names)
y_train, y_test = y[:64], y[64:]

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(3, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit(x[:64], y_train, epochs=2, verbose=0)
print(model.evaluate(x[64:], y_test, verbose=0))
