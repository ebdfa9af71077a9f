# earns: features-axis-dropped
import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    X, y = [], []
    for start in range(0, len(rows) - timesteps - horizon + 1, stride):
        X.append(rows[start : start + timesteps, 0])
        y.append(rows[start + timesteps : start + timesteps + horizon, 0])
    return np.array(X), np.array(y)
