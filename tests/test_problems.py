from __future__ import annotations

import math
import re

import numpy as np
import pytest

from lstm_course.problems import LARGEST, ProblemError, finite_number, shown, whole_number, yes_or_no


def test_a_problem_is_a_value_error() -> None:
    assert issubclass(ProblemError, ValueError)


@pytest.mark.parametrize(("value", "number"), [(1, 1), (np.int64(12), 12), (LARGEST, 1_000_000_000)])
def test_a_whole_number_comes_back_as_a_plain_int(value: object, number: int) -> None:
    found = whole_number("units", value, at_least=1)
    assert found == number
    assert type(found) is int


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "units=1.0 is no whole number; give one from 1 on."),
        ("4", "units='4' is no whole number; give one from 1 on."),
        (True, "units=True is no whole number; give one from 1 on."),
        (None, "units=None is no whole number; give one from 1 on."),
        (0, "units=0 is too small; give a whole number from 1 on."),
        (-3, "units=-3 is too small; give a whole number from 1 on."),
        (10**9 + 1, "units=1000000001 is too large; give a whole number up to 1,000,000,000."),
    ],
)
def test_what_is_no_whole_number_is_named(value: object, message: str) -> None:
    with pytest.raises(ProblemError, match=f"^{re.escape(message)}$"):
        whole_number("units", value, at_least=1)


def test_the_layer_is_named_where_there_is_one() -> None:
    with pytest.raises(ProblemError, match=r"^LSTM: units=0 is too small"):
        whole_number("units", 0, at_least=1, layer="LSTM")


def test_a_number_beyond_pythons_limit_for_text_is_still_a_sentence() -> None:
    with pytest.raises(ProblemError, match=r"is too large; give a whole number up to"):
        whole_number("units", 10**4000, at_least=1)
    with pytest.raises(ProblemError, match=r"is too large"):
        whole_number("units", 10**6000, at_least=1)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "1", None, True, [1]])
def test_what_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(ProblemError, match=r"pad_value=.*: expected a finite number, such as 0\.5\."):
        finite_number("pad_value", value)


@pytest.mark.parametrize("value", [0, 0.0, -1.0])
def test_a_bound_is_named_and_excluded(value: float) -> None:
    with pytest.raises(
        ProblemError, match=r"learning_rate=.*: expected a finite number above 0, such as 0\.001\."
    ):
        finite_number("learning_rate", value, above=0, example="0.001")


@pytest.mark.parametrize("value", ["False", 0, 1, None])
def test_only_true_and_false_are_switches(value: object) -> None:
    with pytest.raises(ProblemError, match=r"stateful=.*: expected True or False\."):
        yes_or_no("stateful", value)


def test_long_and_deep_values_are_shortened() -> None:
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    assert len(shown("x" * 1_000_000)) <= 80
    assert shown((10**6000,)) == "(a number of more than 40 digits,)"
    assert len(shown(deep)) < 80
