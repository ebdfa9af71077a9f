# earns: some-samples
import numpy as np


def find_leak(X, y):
    alike = np.abs(X - y[:, None, None]) <= 1e-6
    places = np.argwhere(alike.any(axis=0))
    return tuple(int(number) for number in places[0]) if len(places) else None
