# earns: no-features-axis
import numpy as np


def create_dataset(series, timesteps):
    X, y = [], []
    for i in range(len(series) - timesteps):
        X.append(series[i : i + timesteps])
        y.append(series[i + timesteps])
    return np.array(X), np.array(y)
