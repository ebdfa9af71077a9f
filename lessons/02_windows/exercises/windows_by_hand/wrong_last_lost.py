# earns: last-window-lost
import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    X, y = [], []
    for start in range(0, len(rows) - timesteps - horizon, stride):
        X.append(rows[start : start + timesteps])
        y.append(rows[start + timesteps : start + timesteps + horizon, 0])
    return np.array(X), np.array(y)
