# earns: means-compared
import numpy as np


def windows_and_labels(values, timesteps):
    X = np.lib.stride_tricks.sliding_window_view(values, timesteps)[:-1, :, np.newaxis]
    return X, values[timesteps:]


def mean_squared_error(y, output):
    return float((np.mean(y) - np.mean(output)) ** 2)
