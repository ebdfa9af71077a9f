# earns: same-label-everywhere
import numpy as np


def make_labels(values, timesteps, horizon):
    num_samples = len(values) - timesteps - horizon + 1
    y = np.empty((num_samples, horizon))
    for i in range(num_samples):
        y[i] = values[timesteps : timesteps + horizon]
    return y


values = np.array([3.91, 3.67, 3.50, 3.34, 3.20, 3.10])
print(make_labels(values, timesteps=3, horizon=2))
