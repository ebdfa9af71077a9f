# earns: absent-hours
import numpy as np


def one_row_an_hour(times, values, low, high):
    values = np.array(values, dtype=float)
    values[(values < low) | (values > high)] = np.nan
    return values
