import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 10, 3)).astype("float32")
y = (x[:, -1, 0] > 0).astype("int64")
model = keras.Sequential(
    [keras.Input((10, 3)), keras.layers.LSTM(8), keras.layers.Dense(1, activation="sigmoid")]
)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x, y, epochs=1, verbose=0)
print(np.mean((model.predict(x, verbose=0) > 0.5).astype("int64") == y))
