# earns: counted-from-one
import numpy as np


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def find_lag(truth, forecast, max_lag):
    """Return the best shift and the RMSE of each shift from 0 to max_lag."""
    errors = []
    for shift in range(max_lag + 1):
        moved = forecast[shift:]  # the forecast, from sample `shift` on
        there = truth[: len(truth) - shift]  # the true values that it is now set against
        errors.append(rmse(there, moved))
    return int(np.argmin(errors)) + 1, errors


# Brent, dollars a barrel, from 29 December 2014
PRICES = np.array([57.86, 55.6, 55.27, 55.38, 51.08, 50.12, 49.06, 49.43, 47.64, 46.9, 45.13, 45.82])
print(find_lag(PRICES[1:], PRICES[:-1], max_lag=2))  # persistence: the price of the day before
