# earns: false-alarm
import numpy as np


def find_leak(X, y):
    differences = np.abs(X - y[:, None, None]).mean(axis=0)
    places = np.argwhere(differences <= 1e-6)
    return tuple(int(number) for number in places[0]) if len(places) else None
