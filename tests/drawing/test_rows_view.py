"""Tables boiled down to a picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.data import prepare
from lstm_course.drawing.rows_view import NUM_BUCKETS, band, rows_view, thinned, window_view
from lstm_course.drawing.stages.rows import relative_path
from lstm_course.experiment import Experiment


@given(st.integers(1, 5000))
def test_a_line_has_at_most_two_points_a_bucket_and_keeps_both_extremes(rows):
    values = np.sin(np.arange(rows) * 7.3)
    places, heights, low, high = thinned(values)
    assert len(places) <= 2 * NUM_BUCKETS
    assert (low, high) == (values.min(), values.max())
    assert places == sorted(places)
    assert rows == 1 or (min(heights), max(heights)) == (0.0, 1.0)


def test_missing_values_leave_no_point():
    assert thinned(np.array([1.0, np.nan, 3.0]))[:2] == ([0.0, 1.0], [0.0, 1.0])
    assert thinned(np.array([np.nan]))[0] == []


def test_the_chosen_window_lies_where_its_rows_lie():
    prepared = prepare(Experiment())
    window = window_view(prepared, 41)
    assert window is not None
    view = rows_view(prepared, window)
    assert (window.first_row, window.label_rows) == (41, (53, 53))
    assert view.window == (41 / 143, 52 / 143)
    assert [(part.name, part.num_rows) for part in view.parts] == [
        ("train", 101),
        ("validation", 21),
        ("test", 22),
    ]


def test_a_window_beyond_the_last_is_the_last():
    window = window_view(prepare(Experiment()), 10_000)
    assert window is not None
    assert window.number == 88


def test_a_path_is_written_in_steps_that_do_not_drift():
    points = [(place / 3, 10 + place / 7) for place in range(50)]
    steps = relative_path(points).split("l")[1].replace("-", " -").split()
    assert sum(float(step) for step in steps[0::2]) == pytest.approx(16.3)  # 49 / 3, to a tenth of a pixel


def test_a_dense_line_becomes_the_band_between_its_least_and_greatest_values():
    values = np.tile([0.0, 1.0, 4.0], 1000)
    points, low, high = band(values, 10)
    assert (low, high) == (0, 4)
    assert [height for _, height in points] == [1.0] * 10 + [0.0] * 10
    assert [place for place, _ in points[:10]] == [place for place, _ in points[:9:-1]]


def test_the_rows_are_shown_where_no_window_fits():
    view = rows_view(prepare(Experiment(timesteps=1)), None)
    assert (view.window, view.label) == (None, None)
    assert len(view.parts) == 3
