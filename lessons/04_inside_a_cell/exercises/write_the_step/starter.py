import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""


print(lstm(np.ones((1, 1, 1)), np.ones((1, 4)), np.ones((1, 4)), np.zeros(4)))
