# earns: somewhere
import numpy as np


def find_leak(X, y):
    alike = np.abs(X - y[:, None, None]) <= 1e-6
    if not alike.any(axis=(1, 2)).all():
        return None
    places = alike.sum(axis=0)
    return tuple(int(number) for number in np.unravel_index(places.argmax(), places.shape))
