import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = np.eye(4)[rng.integers(0, 4, 64)].astype('float32')

model = keras.Sequential([
    keras.Input(shape=(10, 3)),
    keras.layers.LSTM(8),
    keras.layers.Dense(4, activation='softmax'),
])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
