# earns: feature-first
import numpy as np


def find_leak(X, y):
    places = np.argwhere((np.abs(X - y[:, None, None]) <= 1e-6).all(axis=0))
    return tuple(int(number) for number in places[0][::-1]) if len(places) else None
