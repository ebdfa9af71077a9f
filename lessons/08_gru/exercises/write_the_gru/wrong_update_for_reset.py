# earns: update-for-reset
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""
    h = np.zeros((X.shape[0], recurrent_kernel.shape[0]))
    for t in range(X.shape[1]):
        x_z, x_r, x_h = np.split(X[:, t] @ kernel + bias[0], 3, axis=1)
        h_z, h_r, h_h = np.split(h @ recurrent_kernel + bias[1], 3, axis=1)
        z = sigmoid(x_z + h_z)
        r = sigmoid(x_r + h_r)
        candidate = np.tanh(x_h + z * h_h)
        h = z * h + (1 - z) * candidate
    return h


print(gru(np.ones((1, 2, 1)), np.ones((1, 3)), np.ones((1, 3)), np.zeros((2, 3))))
