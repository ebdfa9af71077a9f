import keras
import numpy as np

rng = np.random.default_rng(0)
series = np.sin(np.arange(160) / 7) + 0.1 * rng.normal(size=160)
series = series.astype('float32')
x = np.stack([series[i:i + 10] for i in range(150)])[..., None]
y = series[10:]
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
best = keras.callbacks.ModelCheckpoint('best.keras', monitor='val_loss', mode='min', save_best_only=True)
model.fit(x[:110], y[:110], validation_data=(x[120:], y[120:]), epochs=2, verbose=0, callbacks=[best])
