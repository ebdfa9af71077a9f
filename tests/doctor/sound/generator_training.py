import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
def batches():
    while True:
        yield rng.normal(size=(16, 12, 3)).astype("float32"), rng.integers(0, 3, size=(16,))


model = keras.Sequential([keras.Input((None, 3)), layers.Masking(-99.0), layers.GRU(8), layers.Dense(3), layers.Softmax()])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(batches(), steps_per_epoch=20, epochs=3, verbose=0)
print(model.predict(rng.normal(size=(2, 7, 3)), verbose=0).shape)
