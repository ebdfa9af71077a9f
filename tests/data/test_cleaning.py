from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_course.data import DataError, Series, clean, find_gaps, load_series
from lstm_course.data.gaps import Run


def daily(days: list[int], values: list[float]) -> Series:
    index = pd.DatetimeIndex([pd.Timestamp(2020, 1, day) for day in days])
    return Series("x", pd.DataFrame({"x": values}, index=index), "D")


def test_gaps_are_found_and_not_touched():
    series = daily([1, 2, 5], [1.0, np.nan, 3.0])
    gaps = find_gaps(series)
    assert gaps.absent == (Run(start=1, length=2),)
    assert gaps.missing == {"x": (Run(1, 1),)}
    assert series.num_rows == 3


def test_nothing_changes_unless_asked():
    series = daily([1, 2, 5], [1.0, np.nan, 3.0])
    same, report = clean(series)
    pd.testing.assert_frame_equal(same.frame, series.frame)
    assert report.sentences() == ("x: 1 values are missing.",)


@pytest.mark.parametrize(
    ("missing", "expected", "filled", "left"),
    [
        ("keep", [1.0, np.nan, np.nan, np.nan, 9.0], {}, {"x": 3}),
        ("interpolate", [1.0, 3.0, 5.0, 7.0, 9.0], {"x": 3}, {}),
        ("forward", [1.0, 1.0, 1.0, 1.0, 9.0], {"x": 3}, {}),
        ("zero", [1.0, 0.0, 0.0, 0.0, 9.0], {"x": 3}, {}),
        ("drop-rows", [1.0, 9.0], {}, {}),
    ],
)
def test_each_choice_counts_what_it_did(missing, expected, filled, left):
    series = daily([1, 2, 5], [1.0, np.nan, 9.0])
    cleaned, report = clean(series, absent="insert", missing=missing)
    np.testing.assert_array_equal(cleaned.frame["x"].to_numpy(), expected)
    assert (report.rows_inserted, report.filled, report.still_missing) == (2, filled, left)
    assert report.rows_dropped == (3 if missing == "drop-rows" else 0)
    assert series.num_rows == 3


def test_interpolation_follows_time_and_not_row_numbers():
    cleaned, _ = clean(daily([1, 2, 5], [0.0, np.nan, 8.0]), missing="interpolate")
    assert cleaned.frame["x"].tolist() == [0.0, 2.0, 8.0]


def test_ends_stay_unknown():
    cleaned, report = clean(daily([1, 2, 3], [np.nan, 2.0, np.nan]), missing="interpolate")
    assert cleaned.frame["x"].isna().tolist() == [True, False, True]
    assert report.still_missing == {"x": 2}


def test_the_wind_of_newark_goes_when_limits_say_so():
    cleaned, report = clean(load_series("nyc_weather", "EWR"), limits={"wind_speed": (0, 200)})
    assert report.beyond_limits == {"wind_speed": 1}
    assert cleaned.frame["wind_speed"].max() < 200


@pytest.mark.parametrize(
    ("series", "choice", "text"),
    [
        (daily([1, 2], [1, 2]), {"limits": {"x": (3, 1)}}, "must not be above"),
        (daily([1, 2], [1, 2]), {"limits": {"z": (0, 1)}}, "There is no column 'z'"),
        (daily([1, 2], [1, 2]), {"missing": "mean"}, "There is no choice for missing values 'mean'"),
        (daily([1, 1], [1, 2]), {"absent": "insert"}, "occur more than once"),
        (Series("x", pd.DataFrame({"x": [1.0]})), {"absent": "insert"}, "no time with a regular step"),
    ],
)
def test_mistakes_are_answered(series, choice, text):
    with pytest.raises(DataError) as caught:
        clean(series, **choice)
    assert text in str(caught.value)


def test_a_wrong_year_does_not_fill_the_memory():
    index = pd.DatetimeIndex(["0216-01-01", "2016-01-01"])
    series = Series("x", pd.DataFrame({"x": [1.0, 2.0]}, index=index), "min")
    with pytest.raises(DataError, match="Is a time stamp wrong"):
        clean(series, absent="insert")
