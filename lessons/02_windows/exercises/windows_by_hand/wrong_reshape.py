# earns: windows-side-by-side
import numpy as np


def make_windows(rows, timesteps, horizon, stride):
    count = (len(rows) - timesteps - horizon) // timesteps + 1
    X = rows[: count * timesteps].reshape(count, timesteps, rows.shape[1])
    y = [rows[(i + 1) * timesteps : (i + 1) * timesteps + horizon, 0] for i in range(count)]
    return X, np.array(y)
