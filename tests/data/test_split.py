from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.data import DataError, split_rows
from lstm_course.experiment import Split


@pytest.mark.parametrize(
    ("split", "num_rows", "borders"),
    [
        (Split(0.7, 0.15), 144, [(0, 101), (101, 122), (122, 144)]),
        (Split(0.67, 0), 144, [(0, 96), (96, 96), (96, 144)]),
        (Split(95, 0, 47, gap=1), 144, [(0, 95), (95, 95), (96, 143)]),
        (Split(0.5, 0.25, 0.25), 10, [(0, 5), (5, 8), (8, 10)]),
        (Split(0.7, 0.15, gap=2), 144, [(0, 101), (103, 122), (124, 144)]),
        (Split(100, 0.2), 144, [(0, 100), (100, 129), (129, 144)]),
        (Split(100, 20, 10), 144, [(0, 100), (100, 120), (120, 130)]),
        (Split(1.0, 0), 5, [(0, 5), (5, 5), (5, 5)]),
    ],
)
def test_borders_worked_by_hand(split, num_rows, borders):
    assert [(part.start, part.stop) for part in split_rows(num_rows, split)] == borders


@given(st.integers(20, 3000), st.floats(0.1, 0.6), st.floats(0, 0.3), st.integers(0, 2))
def test_parts_never_overlap(num_rows, train, validation, gap):
    try:
        parts = list(split_rows(num_rows, Split(train, validation, gap=gap)))
    except DataError:
        assert round(validation * num_rows) <= gap + 1  # only a gap longer than its part does not fit
        return
    assert parts[0].start == 0
    assert all(before.stop <= after.start for before, after in itertools.pairwise(parts))
    assert parts[-1].stop <= num_rows


@pytest.mark.parametrize(
    ("num_rows", "split", "text"),
    [
        (144, Split(140, 20), "The parts need 160 rows"),
        (144, Split(0.001, 0.1), "The training part is empty"),
        (0, Split(), "no row to split"),
        (10, Split(0.5, 0.1, gap=3), "longer than the validation part"),
    ],
)
def test_what_does_not_fit_is_answered(num_rows, split, text):
    with pytest.raises(DataError) as caught:
        split_rows(num_rows, split)
    assert text in str(caught.value)


class _Sizes:
    def __init__(self, train, validation=0, test=None, gap=0):
        self.train, self.validation, self.test, self.gap = train, validation, test, gap


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        (_Sizes(1.2), "The train part is 1.2"),
        (_Sizes(0.7, 0.5), "120%"),
        (_Sizes(5, gap=-1), "The gap is -1"),
    ],
)
def test_any_object_with_the_four_sizes_is_checked(sizes, text):
    with pytest.raises(DataError) as caught:
        split_rows(10, sizes)
    assert text in str(caught.value)
