# earns: window-for-label
import numpy as np


def make_labels(values, timesteps, horizon):
    num_samples = len(values) - timesteps - horizon + 1
    y = np.empty((num_samples, horizon))
    for i in range(num_samples):
        y[i] = values[i : i + horizon]
    return y
