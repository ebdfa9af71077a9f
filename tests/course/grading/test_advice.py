"""Errors that beginners meet, raised by Python and NumPy themselves, and what is said to each."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.course.grading.advice import advice_for

ERRORS = {
    "[1].shape": "It is a list",
    "None.shape": "is None",
    "nothing[0]": "is None",
    "None + 1": "is None",
    "np.zeros(2).append(1)": "cannot grow",
    "np.zeros(4).reshape(2, 3)": "as many as there are values: 4",
    "np.zeros(2) + np.zeros(3)": "`.shape` of both",
    "np.zeros((2, 3)) @ np.zeros((2, 3))": "`.shape` of both",
    "np.zeros(0) - np.zeros(3)": "is empty",
    "np.zeros((2, 3)).__setitem__(0, np.zeros(2))": "on the left has shape (3,)",
    "np.split(np.zeros((2, 12)), 4, axis=0)": "Which axis is cut",
    "1 if np.zeros(2) > 1 else 0": "`.all()` or `.any()`",
    "np.zeros(3)[5]": "past the end",
    "[1, 2][5]": "past the end",
    "np.zeros(3)[0, 1]": "more axes",
    "np.arange(5)[: 4 / 2]": "`//`",
    "range(4 / 2)": "`//`",
    "two[0, 1]": "one whole number in its brackets",
    "[1, 2] - [1]": "whole lists",
    "{'a': 1}['b']": "no such key",
    "1 / 0": "is 0",
    "(lambda a, b: 0)(*[exec('x, y = 1, 2, 3')])": "not equally many",
    "open('/no/such/file')": "",
    "'a'.shape": "",
    "(1, 2).append(3)": "",
}


KERAS = {
    (
        "ValueError",
        "Input 0 of layer 'lstm' is incompatible: expected ndim=3, found ndim=2.",
    ): "has 2 axes; 3 are read",
    ("NotImplementedError", "Iterating over a symbolic KerasTensor is not supported."): "one tensor",
    ("ValueError", "Cannot convert '12' to a shape."): "one tuple",
    ("ValueError", "Argument(s) not recognized: {'lr': 0.01}"): "spelling",
    ("AttributeError", "module 'keras.layers' has no attribute 'Lstm'"): "no `Lstm` in `keras.layers`",
}


@pytest.mark.parametrize(("error", "said"), KERAS.items(), ids=range(len(KERAS)))
def test_what_is_said_to_what_keras_says(error, said):
    assert said in advice_for(*error)


@pytest.mark.parametrize(("code", "said"), ERRORS.items(), ids=ERRORS)
def test_what_is_said_to_an_error(code, said):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each has a kind of its own
        eval(code, {"np": np, "nothing": None, "two": [1, 2]})
    advice = advice_for(type(caught.value).__name__, str(caught.value))
    assert said in advice
    assert bool(said) == bool(advice)
