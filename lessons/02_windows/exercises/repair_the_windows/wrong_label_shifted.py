# earns: label-inside-window
import numpy as np


def create_dataset(series, timesteps):
    X, y = [], []
    for i in range(len(series) - timesteps):
        X.append(series[i : i + timesteps])
        y.append(series[i + timesteps - 1])
    return np.array(X)[:, :, None], np.array(y)
