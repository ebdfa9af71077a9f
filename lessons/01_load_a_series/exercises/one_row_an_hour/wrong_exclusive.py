# earns: limits-left-out
import numpy as np
import pandas as pd


def one_row_an_hour(times, values, low, high):
    series = pd.Series(values, index=pd.to_datetime(times), dtype=float)
    series[~((series > low) & (series < high))] = np.nan
    return series.reindex(pd.date_range(series.index[0], series.index[-1], freq="h")).to_numpy()


times = ["2013-02-12 07:00", "2013-02-12 08:00", "2013-02-12 10:00"]
print(one_row_an_hour(times, [20.71, 1048.36, 13.81], 0, 200))
