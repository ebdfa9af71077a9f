import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype("float32")
y = rng.integers(0, 3, 64)
model = keras.Sequential(
    [
        keras.Input(batch_shape=(16, 10, 3)),
        keras.layers.GRU(8),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x, y, batch_size=16, shuffle=False, verbose=0)
