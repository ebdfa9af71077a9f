# earns: not-a-place
import numpy as np


def find_leak(X, y):
    return np.where((np.abs(X - y[:, None, None]) <= 1e-6).all(axis=0))
