# earns: gate-added
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    """Return h and c after one timestep."""
    z = x @ kernel + h @ recurrent_kernel + bias  # (4 * units,)
    z_i, z_f, z_c, z_o = np.split(z, 4)
    i, f, o = sigmoid(z_i), sigmoid(z_f), sigmoid(z_o)
    candidate = np.tanh(z_c)
    c_new = f * c + i + candidate  # what is kept of the old memory, and what is let in
    h_new = o * np.tanh(c_new)
    return h_new, c_new


h, c = lstm_step(np.ones(1), np.zeros(1), np.array([0.8]), np.zeros((1, 4)), np.zeros((1, 4)), np.zeros(4))
print(h, c)
