# earns: last-timestep-only
import numpy as np


def find_leak(X, y):
    last = X.shape[1] - 1
    for feature in range(X.shape[2]):
        if np.allclose(X[:, last, feature], y, rtol=0, atol=1e-6):
            return last, feature
    return None
