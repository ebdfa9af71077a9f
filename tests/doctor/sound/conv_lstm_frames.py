import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
frames = rng.random((10, 8, 16, 16, 1)).astype("float32")
x, y = frames[:, :-1], frames[:, 1:]
inputs = layers.Input(shape=(None, *x.shape[2:]))
h = layers.ConvLSTM2D(filters=8, kernel_size=(5, 5), padding="same", return_sequences=True, activation="relu")(inputs)
h = layers.BatchNormalization()(h)
h = layers.ConvLSTM2D(filters=8, kernel_size=(3, 3), padding="same", return_sequences=True, activation="relu")(h)
h = layers.Conv3D(filters=1, kernel_size=(3, 3, 3), activation="sigmoid", padding="same")(h)
model = keras.Model(inputs, h)
model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam())
model.fit(x, y, batch_size=5, epochs=1, validation_data=(x[:3], y[:3]), verbose=0)
new = model.predict(np.expand_dims(frames[0, :5], axis=0), verbose=0)
