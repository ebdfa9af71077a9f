import keras
import numpy as np

rng = np.random.default_rng(0)
seqs = [rng.random(n) for n in rng.integers(3, 11, 64)]
x = keras.utils.pad_sequences(seqs, maxlen=10, dtype='float32')[..., None]
y = rng.normal(size=(64, 1)).astype('float32')

model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.Masking(),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x, y, epochs=2, verbose=0, batch_size=32)
