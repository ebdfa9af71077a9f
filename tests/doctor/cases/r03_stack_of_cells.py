import keras
import numpy as np

two = keras.layers.StackedRNNCells([keras.layers.GRUCell(6), keras.layers.GRUCell(4)])
model = keras.Sequential([keras.Input((9, 2)), two, keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.random.rand(20, 9, 2), np.random.rand(20, 1), epochs=1, verbose=0)
