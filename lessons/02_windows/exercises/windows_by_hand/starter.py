import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    """Return X (samples, timesteps, features) and y (samples, horizon)."""


rows = np.arange(10.0).reshape(10, 1)
print(make_windows(rows, timesteps=3, horizon=2, stride=1))
