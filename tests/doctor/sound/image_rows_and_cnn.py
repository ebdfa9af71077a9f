import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
images = rng.random((64, 28, 28)).astype("float32")
digits = rng.integers(0, 10, 64)
model = keras.Sequential([keras.Input((28, 28)), layers.LSTM(16), layers.BatchNormalization(), layers.Dense(10)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="sgd", metrics=["accuracy"])
model.fit(images, digits, validation_data=(images, digits), batch_size=64, epochs=1, verbose=0)
print(model(images[:1]).shape)
video = rng.random((8, 5, 12, 12, 1)).astype("float32")
net = keras.Sequential([
    keras.Input((5, 12, 12, 1)), layers.TimeDistributed(layers.Conv2D(4, 3)), layers.TimeDistributed(layers.GlobalMaxPooling2D()),
    layers.GRU(8), layers.Dense(1, activation="sigmoid"),
])
net.compile("adam", "binary_crossentropy")
net.fit(video, rng.integers(0, 2, (8, 1)), epochs=1, verbose=0)
