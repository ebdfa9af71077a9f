# earns: one-origin
import numpy as np


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def baselines(rows, first_test, season):
    """Return the RMSE of three forecasts that need no network, for the rows from `first_test` on."""
    truth = rows[first_test:]
    last = rows[first_test - 1]
    ahead = np.arange(1, len(truth) + 1)
    week = rows[first_test - season : first_test]
    return {
        "persistence": rmse(truth, last),
        "seasonal naive": rmse(truth, np.resize(week, len(truth))),
        "drift": rmse(truth, last + ahead * (last - rows[0]) / (first_test - 1)),
    }


BIRTHS = np.array(
    [9083.0, 8006, 11363, 13032, 12558, 12466, 12516, 8934, 7949, 11668, 12611, 12398, 11815, 12180]
)  # from Saturday, 1 January 2000
print(baselines(BIRTHS, first_test=10, season=7))
