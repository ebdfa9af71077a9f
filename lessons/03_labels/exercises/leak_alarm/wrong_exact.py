# earns: exact-equality
import numpy as np


def find_leak(X, y):
    places = np.argwhere((X == y[:, None, None]).all(axis=0))
    return tuple(int(number) for number in places[0]) if len(places) else None
