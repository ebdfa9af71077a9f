# earns: labels-with-every-column
import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    X, y = [], []
    for start in range(0, len(rows) - timesteps - horizon + 1, stride):
        end = start + timesteps
        X.append(rows[start:end])
        y.append(rows[end : end + horizon])
    return np.array(X), np.array(y)
