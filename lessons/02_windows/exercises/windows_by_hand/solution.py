import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    """Return X (samples, timesteps, features) and y (samples, horizon)."""
    X, y = [], []
    for start in range(0, len(rows) - timesteps - horizon + 1, stride):
        end = start + timesteps
        X.append(rows[start:end])  # (timesteps, features)
        y.append(rows[end : end + horizon, 0])  # (horizon,)
    return np.array(X), np.array(y)


rows = np.arange(10.0).reshape(10, 1)
print(make_windows(rows, timesteps=3, horizon=2, stride=1))
