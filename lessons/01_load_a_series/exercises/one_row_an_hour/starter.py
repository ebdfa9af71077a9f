import numpy as np
import pandas as pd


def one_row_an_hour(times, values, low, high):
    return np.array(values)


times = ["2013-02-12 07:00", "2013-02-12 08:00", "2013-02-12 10:00"]
print(one_row_an_hour(times, [20.71, 1048.36, 13.81], 0, 200))
