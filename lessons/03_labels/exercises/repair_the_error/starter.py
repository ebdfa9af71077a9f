import numpy as np


def windows_and_labels(values, timesteps):
    X, y = [], []
    for i in range(len(values) - timesteps):
        X.append(values[i : i + timesteps])
        y.append(values[i + timesteps - 1])
    return np.array(X)[:, :, np.newaxis], np.array(y)


def mean_squared_error(y, output):
    return float(np.mean((y - output) ** 2))


print(mean_squared_error(np.array([1.0, 3.0]), np.array([[1.0], [3.0]])))
