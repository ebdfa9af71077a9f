# earns: last-hour-lost
import numpy as np
import pandas as pd


def one_row_an_hour(times, values, low, high):
    series = pd.Series(values, index=pd.to_datetime(times))
    series[(series < low) | (series > high)] = np.nan
    grid = pd.date_range(series.index[0], series.index[-1], freq="h", inclusive="left")
    return series.reindex(grid).to_numpy()
