# earns: axes-swapped
from numpy.lib.stride_tricks import sliding_window_view


def make_windows(rows, timesteps, horizon, stride):
    y = sliding_window_view(rows[timesteps:, 0], horizon)[::stride]
    X = sliding_window_view(rows, timesteps, axis=0)
    return X[: len(rows) - timesteps - horizon + 1 : stride], y
