# earns: drift-divisor
import numpy as np


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def baselines(rows, first_test, season):
    """Return the RMSE of three forecasts that need no network, for the rows from `first_test` on."""
    truth = rows[first_test:]
    last = rows[first_test - 1 : -1]  # the row before each of them
    known = np.arange(first_test - 1, len(rows) - 1)  # its number
    return {
        "persistence": rmse(truth, last),
        "seasonal naive": rmse(truth, rows[first_test - season : -season]),
        "drift": rmse(truth, last + (last - rows[0]) / len(rows)),
    }


BIRTHS = np.array(
    [9083.0, 8006, 11363, 13032, 12558, 12466, 12516, 8934, 7949, 11668, 12611, 12398, 11815, 12180]
)  # from Saturday, 1 January 2000
print(baselines(BIRTHS, first_test=10, season=7))
