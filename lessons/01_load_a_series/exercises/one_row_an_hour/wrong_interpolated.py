# earns: filled
import numpy as np
import pandas as pd


def one_row_an_hour(times, values, low, high):
    series = pd.Series(values, index=pd.to_datetime(times))
    series[(series < low) | (series > high)] = np.nan
    return series.asfreq("h").interpolate().to_numpy()
