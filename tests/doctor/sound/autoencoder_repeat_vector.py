import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
x = rng.random((120, 30, 2)).astype("float32")
model = keras.Sequential([
    layers.Input((30, 2)),
    layers.LSTM(16, activation="relu"),
    layers.RepeatVector(30),
    layers.LSTM(16, activation="relu", return_sequences=True),
    layers.TimeDistributed(layers.Dense(2)),
])
model.compile(optimizer="adam", loss="mae")
model.fit(x, x, epochs=2, batch_size=16, validation_split=0.1, verbose=0, callbacks=[
    keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, mode="min"),
])
error = np.mean(np.abs(model.predict(x, verbose=0) - x), axis=1)
