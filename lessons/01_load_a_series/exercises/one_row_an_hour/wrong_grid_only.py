# earns: limits-ignored
import pandas as pd


def one_row_an_hour(times, values, low, high):
    series = pd.Series(values, index=pd.to_datetime(times))
    return series.asfreq("h").to_numpy()
