import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""


print(gru(np.ones((1, 2, 1)), np.ones((1, 3)), np.ones((1, 3)), np.zeros((2, 3))))
