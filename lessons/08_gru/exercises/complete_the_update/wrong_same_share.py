# earns: one-share-for-both
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru_step(x, h, kernel, recurrent_kernel, bias):
    """Return h after one timestep."""
    x_z, x_r, x_h = np.split(x @ kernel + bias[0], 3)
    h_z, h_r, h_h = np.split(h @ recurrent_kernel + bias[1], 3)
    z = sigmoid(x_z + h_z)
    r = sigmoid(x_r + h_r)
    candidate = np.tanh(x_h + r * h_h)
    return z * h + z * candidate


print(gru_step(np.ones(1), np.array([0.8]), np.zeros((1, 3)), np.zeros((1, 3)), np.zeros((2, 3))))
