from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.data import DataError, load_series, make_windows, num_windows, window_starts
from lstm_course.problems import ProblemError

counts = st.integers(1, 12)


@given(st.integers(0, 60), counts, counts, counts)
def test_the_count_is_that_of_a_loop(num_rows, timesteps, horizon, stride):
    starts = [start for start in range(0, num_rows, stride) if start + timesteps + horizon <= num_rows]
    assert num_windows(num_rows, timesteps, horizon, stride) == len(starts)
    assert window_starts(num_rows, timesteps, horizon, stride).tolist() == starts


@given(st.integers(1, 40), counts, counts, counts, st.sampled_from(["steps", "sequence"]))
def test_windows_and_labels_are_those_of_a_loop(num_rows, timesteps, horizon, stride, labels):
    rows = np.column_stack([np.arange(num_rows, dtype=float), -np.arange(num_rows, dtype=float)])
    starts = window_starts(num_rows, timesteps, horizon, stride)
    if not len(starts):
        with pytest.raises(DataError, match="need at least"):
            make_windows(rows, timesteps, horizon, stride, targets=[1])
        return
    X, y = make_windows(rows, timesteps, horizon, stride, targets=[1], labels=labels)
    for sample, start in enumerate(starts):
        stop = start + timesteps
        np.testing.assert_array_equal(X[sample], rows[start:stop])
        expected = (
            rows[stop : stop + horizon, 1]
            if labels == "steps"
            else rows[start + horizon : stop + horizon, 1:]
        )
        np.testing.assert_array_equal(y[sample], expected)


@pytest.mark.parametrize(
    ("choice", "shape"),
    [
        ({}, (131, 1)),
        ({"horizon": 3}, (129, 3)),
        ({"flat": True}, (131,)),
        ({"labels": "sequence"}, (131, 13, 1)),
    ],
)
def test_shapes_of_number_labels(choice, shape):
    _, y = make_windows(load_series("air_passengers"), 13, **choice)
    assert y.shape == shape


def test_shapes_with_several_targets():
    series, targets = load_series("electricity"), ["demand_gw", "temperature_c"]
    assert make_windows(series, 48, targets=targets)[1].shape == (17_472, 2)
    assert make_windows(series, 48, horizon=4, targets=targets)[1].shape == (17_469, 4, 2)


def test_class_labels_are_those_of_the_row_horizon_after_the_window():
    series = load_series("seattle_weather")
    X, y = make_windows(series, 7, horizon=3, labels="class")
    codes, names = series.classes("weather")
    assert X.shape == (1452, 7, 4)
    assert y.tolist() == codes[9:].tolist()
    _, hot = make_windows(series, 7, horizon=3, labels="one-hot")
    assert hot.shape == (1452, 5)
    assert hot.argmax(axis=1).tolist() == y.tolist()
    assert names == ("drizzle", "fog", "rain", "snow", "sun")


def test_lags_as_features_keep_the_order_of_the_rows():
    X, _ = make_windows(np.arange(8.0).reshape(4, 2), 3, targets=[0], lags="features")
    assert X.tolist() == [[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]]]


@pytest.mark.parametrize("lags", ["timesteps", "features"])
def test_ten_million_rows_are_not_copied(lags):
    rows = np.zeros((10_000_000, 8), dtype=np.float32)
    tracemalloc.start()
    X, y = make_windows(rows, 168, 24, targets=range(8), lags=lags)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(X) == 10_000_000 - 168 - 24 + 1
    assert np.shares_memory(X[:1], rows)
    assert np.shares_memory(y[:1], rows)
    assert not X.flags.writeable
    assert peak < 1_000_000


def test_tables_and_arrays_need_targets_only_when_there_is_a_choice():
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [4.0, 5, 6]})
    assert make_windows(table, 1, targets=["b"])[1].ravel().tolist() == [5.0, 6.0]
    assert make_windows(np.arange(3), 1)[1].ravel().tolist() == [1.0, 2.0]
    with pytest.raises(DataError, match=r"say which to forecast: targets=\['a'\]"):
        make_windows(table, 1)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: make_windows(np.arange(101.0), 200),
            "at least 201 rows, but the series has 101. Use at most 100",
        ),
        (lambda: make_windows(np.zeros((5, 4, 3)), 2), "got shape (5, 4, 3)"),
        (lambda: make_windows(np.arange(9.0), 0), "timesteps=0 is too small"),
        (lambda: make_windows(np.arange(9.0), 2.5), "timesteps=2.5 is no whole number"),
        (lambda: make_windows(load_series("co2"), 2, targets=["c02"]), "did you mean 'co2'"),
        (lambda: make_windows(load_series("co2"), 2, targets="co2"), "write the columns as a list"),
        (lambda: make_windows(load_series("co2"), 2, labels="class"), "There is no column of classes"),
        (lambda: make_windows(np.arange(9.0), 2, horizon=2, flat=True), "the labels have shape (6, 2)"),
    ],
)
def test_mistakes_are_answered(call, text):
    with pytest.raises(ProblemError) as caught:
        call()
    assert text in str(caught.value)
