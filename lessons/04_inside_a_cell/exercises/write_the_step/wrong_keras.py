# earns: not-by-hand
import numpy as np


def lstm(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""
    import keras

    layer = keras.layers.LSTM(len(recurrent_kernel))
    layer.build(X.shape)
    layer.set_weights([kernel, recurrent_kernel, bias])
    return np.asarray(layer(X))
