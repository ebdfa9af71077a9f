from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import DataError, Part, label_leaks, load_series, make_windows
from lstm_course.data.borders import absent_before, windows_across, windows_of_part, windows_touching_gaps
from lstm_course.data.labels import label_rows

TEST = Part("test", 96, 144)


@pytest.mark.parametrize(
    ("labels", "border", "first_label", "last_label"),
    [
        ("steps", "inside", 108, 143),
        ("steps", "reach-back", 96, 143),
        ("sequence", "inside", 97, 143),
        ("sequence", "reach-back", 96, 143),
        ("class", "inside", 108, 143),
        ("class", "reach-back", 96, 143),
    ],
)
def test_labels_never_leave_their_part(labels, border, first_label, last_label):
    starts = windows_of_part(TEST, 12, border=border, labels=labels)
    rows = label_rows(starts, 12, 1, labels)
    assert (rows.min(), rows.max()) == (first_label, last_label)


def test_reach_back_cannot_begin_before_the_first_row():
    assert windows_of_part(Part("validation", 3, 9), 5, border="reach-back").tolist() == [0, 1, 2, 3]
    assert len(windows_of_part(Part("validation", 3, 3), 5, border="reach-back")) == 0


def test_co2_windows_that_touch_a_gap():
    X, y = make_windows(load_series("co2"), 52)
    expected = [
        bool(np.isnan(window).any() or np.isnan(label).any()) for window, label in zip(X, y, strict=True)
    ]
    assert windows_touching_gaps(X, y).tolist() == expected
    assert 0 < sum(expected) < len(expected)


def test_windows_across_absent_hours():
    jumps = absent_before(load_series("nyc_weather", "JFK"))
    assert jumps.sum() == 14
    place = int(np.flatnonzero(jumps)[0])
    assert place == 11  # 17:00 on the first day is absent, so 18:00 follows 16:00
    assert windows_across(np.array([place - 4, place - 3, place]), jumps, 4).tolist() == [False, True, False]


ROWS = np.sin(np.arange(80.0) ** 1.1)


def test_an_honest_label_does_not_leak():
    X, y = make_windows(ROWS, 6, horizon=2)
    assert label_leaks(X, y) is None


def test_an_off_by_one_label_and_a_rescaled_one_are_found():
    X, _ = make_windows(ROWS, 6)
    leak = label_leaks(X, X[:, -1, 0])
    assert leak is not None
    assert (leak.timestep, leak.feature, leak.rescaled) == (5, 0, False)
    assert "the last timestep" in leak.sentence(6)
    scaled = label_leaks(X, 3 * X[:, 2, 0] + 1)
    assert scaled is not None
    assert (scaled.timestep, scaled.rescaled) == (2, True)
    assert "3 timesteps before the last" in scaled.sentence(6)


def test_the_part_of_a_many_step_label_that_leaks_is_named():
    X, y = make_windows(ROWS, 6, horizon=2)
    shifted = np.column_stack([y[:, 0], X[:, -1, 0]])
    leak = label_leaks(X, shifted)
    assert leak is not None
    assert leak.label == 1


def test_constant_labels_and_few_samples_are_not_judged():
    X, y = make_windows(ROWS, 6)
    assert label_leaks(np.ones_like(X), np.ones_like(y)) is None
    assert label_leaks(X[:4], X[:4, -1, 0]) is None
    with pytest.raises(DataError, match="as many labels"):
        label_leaks(X, y[:-1])
