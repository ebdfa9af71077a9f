# earns: memory-returned
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm(X, kernel, recurrent_kernel, bias):
    """Return h after the last timestep, of shape (samples, units)."""
    samples, timesteps, _ = X.shape
    units = recurrent_kernel.shape[0]
    h = np.zeros((samples, units))
    c = np.zeros((samples, units))
    for t in range(timesteps):
        z = X[:, t] @ kernel + h @ recurrent_kernel + bias  # (samples, 4 * units)
        z_i, z_f, z_c, z_o = np.split(z, 4, axis=1)  # four of (samples, units)
        c = sigmoid(z_f) * c + sigmoid(z_i) * np.tanh(z_c)
        h = sigmoid(z_o) * np.tanh(c)
    return c


print(lstm(np.ones((1, 1, 1)), np.ones((1, 4)), np.ones((1, 4)), np.zeros(4)))
