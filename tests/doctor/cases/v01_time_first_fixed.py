import keras
import numpy as np

rng = np.random.default_rng(0)
pulses = (rng.random((40, 120, 1)) < 0.2).astype('float32')  # moment, machine
heat = np.zeros((40, 120, 1), 'float32')
for moment in range(1, 40):
    heat[moment] = 0.8 * heat[moment - 1] + pulses[moment]
x, y = pulses.swapaxes(0, 1), heat.swapaxes(0, 1)
model = keras.Sequential([keras.Input((None, 1)), keras.layers.GRU(8, return_sequences=True), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, batch_size=20, epochs=2, verbose=0)
