# earns: not-by-hand
import numpy as np
from keras.layers import GRU


def gru(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""
    layer = GRU(len(recurrent_kernel))
    layer.build(X.shape)
    layer.set_weights([kernel, recurrent_kernel, bias])
    return np.asarray(layer(X))
