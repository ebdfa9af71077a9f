from __future__ import annotations

import numpy as np
import pytest

from lstm_course.course.grading.comparing import difference, same

AXES = ("samples", "timesteps", "features")


def told(given, expected, axes=AXES):
    message = difference(given, expected, "f(x)", axes, 1e-6)
    return message and (message.id, message.text)


def test_axes_are_named():
    assert told(np.zeros((88, 12, 2)), np.zeros((89, 12, 1))) == (
        "wrong-shape",
        "`f(x)` has shape (88, 12, 2), expected was (89, 12, 1): samples is 88 instead of 89, features is "
        "2 instead of 1.",
    )


def test_a_missing_axis_is_counted():
    assert told(np.zeros((89, 12)), np.zeros((89, 12, 1)))[1].endswith(
        "2 axes instead of 3 axes (samples, timesteps, features)."
    )


def test_the_first_wrong_value_is_shown():
    assert told([1.0, 2.5, 4.0], np.array([1.0, 2.0, 3.0])) == (
        "wrong-values",
        "`f(x)`: 2 of 3 values differ; the first is [1]: 2.5, expected was 2.",
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([1, 2], np.array([1.0, 2.0])),
        ({"a": np.array([1, 2]), "b": np.array([3, 4])}, np.array([[1, 3], [2, 4]])),
        (np.array([[1, 2], [3, 4]]), (np.array([1, 2]), np.array([3, 4]))),
        (np.zeros((0, 2)), []),
        (np.float32([0.1]), [0.1]),
        ((np.zeros(2), [1]), (np.zeros(2), np.array([1]))),
        ({"a": 1}, {"a": 1.0}),
        (None, None),
        (np.array([np.nan]), np.array([np.nan])),
    ],
)
def test_the_same(given, expected):
    assert same(given, expected)


@pytest.mark.parametrize(
    ("given", "expected", "message"),
    [
        ([1, [2, 3]], np.zeros((2, 2)), "wrong-type"),
        (["a"], np.zeros(1), "wrong-type"),
        (5.0, [], "wrong-rank"),
        (np.zeros(2), (np.zeros(2), np.zeros(2)), "wrong-type"),
        ((1,), (1, 2), "wrong-shape"),
        ({"a": 1}, {"b": 1}, "wrong-shape"),
        ("mae", "mse", "wrong-values"),
        (1, True, "wrong-values"),
    ],
)
def test_not_the_same(given, expected, message):
    assert told(given, expected)[0] == message
