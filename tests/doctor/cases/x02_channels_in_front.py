import keras
import numpy as np

rng = np.random.default_rng(0)
clips = rng.random((16, 4, 3, 12, 16)).astype('float32')
y = (clips[:, -1].mean(axis=(1, 2, 3)) > 0.5).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(4, 3, 12, 16)),
    keras.layers.TimeDistributed(keras.layers.Conv2D(4, 3, padding='same', activation='relu')),
    keras.layers.TimeDistributed(keras.layers.GlobalMaxPooling2D()),
    keras.layers.LSTM(8),
    keras.layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='binary_crossentropy')
model.fit(clips, y, epochs=2, verbose=0)
