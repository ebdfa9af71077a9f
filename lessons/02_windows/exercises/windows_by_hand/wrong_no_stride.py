# earns: stride-ignored
import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    X, y = [], []
    for start in range(len(rows) - timesteps - horizon + 1):
        X.append(rows[start : start + timesteps])
        y.append(rows[start + timesteps : start + timesteps + horizon, 0])
    return np.array(X), np.array(y)
