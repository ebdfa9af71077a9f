"""A compiled model is saved, loaded, judged and trained further."""

import os
import tempfile

import keras
import numpy as np

rng = np.random.default_rng(3)
wave = (np.sin(np.arange(260) / 9) + 0.1 * rng.normal(size=260)).astype("float32")
x = np.stack([wave[i : i + 12] for i in range(248)])[..., None]
y = wave[12:, None]

model = keras.Sequential([keras.Input(shape=(12, 1)), keras.layers.GRU(8), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
path = os.path.join(tempfile.mkdtemp(), "best.keras")
keep = keras.callbacks.ModelCheckpoint(path, monitor="val_loss", mode="min", save_best_only=True)
model.fit(x[:180], y[:180], validation_data=(x[192:220], y[192:220]), epochs=3, verbose=0, callbacks=[keep])

best = keras.models.load_model(path)
print("loaded", best.evaluate(x[232:], y[232:], verbose=0))
best.fit(x[:180], y[:180], epochs=1, verbose=0)
again = keras.models.clone_model(best)
again.set_weights(best.get_weights())
print(again.predict(x[232:], verbose=0)[:2])
