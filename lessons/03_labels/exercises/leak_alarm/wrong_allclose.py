# earns: too-tolerant
import numpy as np


def find_leak(X, y):
    for timestep in range(X.shape[1]):
        for feature in range(X.shape[2]):
            if np.allclose(X[:, timestep, feature], y):
                return timestep, feature
    return None


X = np.array([[[3.9, 18.2], [3.7, 17.9]], [[3.7, 17.9], [3.5, 17.6]], [[3.5, 17.6], [3.3, 16.8]]])
print(find_leak(X, np.array([3.7, 3.5, 3.3])), find_leak(X, np.array([3.5, 3.3, 3.2])))
