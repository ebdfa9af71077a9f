import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype('float32')
y = rng.integers(0, 4, (64, 10))

inputs = keras.Input((10, 3))
forward = keras.layers.GRU(8, return_sequences=True)(inputs)
backward = keras.layers.GRU(8, return_sequences=True, go_backwards=True)(inputs)
backward = keras.layers.Lambda(lambda steps: keras.ops.flip(steps, axis=1))(backward)
both = keras.layers.Concatenate()([forward, backward])
model = keras.Model(inputs, keras.layers.Dense(4, activation='softmax')(both))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
