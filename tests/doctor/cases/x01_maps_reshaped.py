import keras
import numpy as np

rng = np.random.default_rng(0)
pictures = rng.random((80, 6, 20, 1)).astype('float32')
y = (pictures[:, :, :10].mean(axis=(1, 2, 3)) > 0.5).astype('float32')

inputs = keras.Input(shape=(6, 20, 1))
maps = keras.layers.Conv2D(4, 3, padding='same', activation='relu')(inputs)
maps = keras.layers.MaxPooling2D((2, 1))(maps)
steps = keras.layers.Reshape((20, 3 * 4))(maps)
state = keras.layers.GRU(8)(steps)
outputs = keras.layers.Dense(1, activation='sigmoid')(state)
model = keras.Model(inputs, outputs)
model.compile(optimizer='adam', loss='binary_crossentropy')
model.fit(pictures, y, epochs=2, verbose=0)
