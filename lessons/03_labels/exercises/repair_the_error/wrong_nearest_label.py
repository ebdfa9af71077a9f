# earns: nearest-label
import numpy as np


def windows_and_labels(values, timesteps):
    X, y = [], []
    for i in range(len(values) - timesteps):
        X.append(values[i : i + timesteps])
        y.append(values[i + timesteps])
    return np.array(X)[:, :, np.newaxis], np.array(y)


def mean_squared_error(y, output):
    return float(np.mean(((y.reshape(1, -1) - output) ** 2).min(axis=1)))
