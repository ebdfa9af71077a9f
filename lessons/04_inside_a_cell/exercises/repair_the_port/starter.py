import numpy as np

FORGET_BIAS = 1.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gates(x, h, kernel, recurrent_kernel, bias):
    """Return input gate, forget gate, candidate and output gate."""
    z = x @ kernel + h @ recurrent_kernel + bias  # (samples, 4 * units)
    i, j, f, o = np.split(z, 4, axis=1)
    return sigmoid(i), sigmoid(f + FORGET_BIAS), np.tanh(j), sigmoid(o)


x, h = np.zeros((2, 1)), np.zeros((2, 3))
for values in gates(x, h, np.zeros((1, 12)), np.zeros((3, 12)), np.zeros(12)):
    print(values)
