# earns: two-of-three-left
import numpy as np


def windows(rows, timesteps):
    X, y = [], []
    for start in range(len(rows) - timesteps):
        X.append(rows[start : start + timesteps])
        y.append(rows[start + timesteps - 1])
    return np.array(X)[:, :, np.newaxis], np.array(y)


def prepare(values, timesteps, num_train):
    scaled = (values - values.mean()) / values.std()
    return (*windows(scaled[:num_train], timesteps), *windows(scaled[num_train:], timesteps))
