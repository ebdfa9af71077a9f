# earns: raised
import numpy as np


def create_dataset(series, timesteps):
    X, y = [], []
    for i in range(len(series) - timesteps + 1):
        X.append(series[i : i + timesteps])
        y.append(series[i + timesteps])
    X = np.array(X)
    return X.reshape(X.shape[0], X.shape[1], 1), np.array(y)
