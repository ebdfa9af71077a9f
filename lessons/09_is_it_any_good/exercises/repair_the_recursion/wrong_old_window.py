# earns: newest-row-missing
import numpy as np


def forecast(weights, rows, origin, horizon):
    """Forecast the rows behind row `origin`, the last one known, each from `len(weights)` rows."""
    timesteps = len(weights)
    window = rows[origin - timesteps : origin]
    found = []
    for _ in range(horizon):
        found.append(window @ weights)
        window = np.append(window[1:], found[-1])  # the oldest row leaves, the forecast comes in
    return np.array(found)


DEMAND = np.array([3.91, 3.67, 3.5, 3.34, 3.2, 3.1, 3.04, 3.01, 3.02, 3.03, 3.04, 3.07])  # gigawatts
WEIGHTS = np.array([0.2, -0.8, 1.6])  # of a linear model: oldest row of the window first
print(forecast(WEIGHTS, DEMAND, origin=5, horizon=4).round(3))
