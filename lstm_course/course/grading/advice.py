"""What to look at when Python or NumPy refuses something: a sentence for the errors that beginners meet."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

_Sentence = str | Callable[[re.Match[str]], str]


def advice_for(kind: str, text: str) -> str:
    """Return what to look at; empty where nothing is known of the error.

    >>> advice_for("AttributeError", "'list' object has no attribute 'shape'")
    'It is a list, which has no `.shape`: `np.array(…)` makes an array of it.'

    Args:
        kind: class of the error.
        text: what it says.
    """
    for kinds, pattern, sentence in _ADVICE:
        found = re.search(pattern, text)
        if found and kind in kinds:
            return sentence if isinstance(sentence, str) else sentence(found)
    return ""


def _written(match: re.Match[str]) -> str:
    given, place = match.groups()
    return f"The place on the left has shape {place}; what is to be written there has {given}."


def _no_method(match: re.Match[str]) -> str:
    kind, name = match.groups()
    if kind == "NoneType":
        return _NOTHING
    if kind in ("list", "tuple") and hasattr(np.ndarray, name):
        return f"It is a {kind}, which has no `.{name}`: `np.array(…)` makes an array of it."
    if kind.endswith("ndarray") and name in ("append", "extend"):
        return "An array cannot grow. Collect in a list, and make an array of it at the end."
    return ""


def _axes_of_input(match: re.Match[str]) -> str:
    read, found = match.groups()
    came = "1 axis" if found == "1" else f"{found} axes"
    return (
        f"What comes in has {came}; {read} are read. For a recurrent layer these are samples, timesteps and features. "
        "Look at what hands it on."
    )


_NOTHING = (
    "What it is asked of is None. A function that ends without `return` gives None; so do methods that change their "
    "object in place."
)
_EMPTY = (
    "One of the two arrays is empty. Look at how it was cut: a slice `[:-n]` keeps nothing when n is 0, and one that "
    "ends before it begins keeps nothing either."
)
_SHAPES = "Print the `.shape` of both arrays in the line before."
_FLOAT = "A whole number is needed here. `/` always gives a float; `//` divides to a whole number."
_ADVICE: tuple[tuple[tuple[str, ...], str, _Sentence], ...] = (
    (("RecursionError",), "", "A function calls itself without end."),
    (("ValueError",), r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))", _written),
    (("ValueError",), r"(could not be broadcast|shapes).*\(0,", _EMPTY),
    (("ValueError",), "could not be broadcast|shapes|mismatch in its core dimension", _SHAPES),
    (
        ("ValueError",),
        r"cannot reshape array of size ([\d,]+) into shape (\(.*?\))",
        lambda match: (
            f"The numbers of a shape, multiplied, are as many as there are values: {match[1]} here."
        ),
    ),
    (
        ("ValueError",),
        "truth value of an array",
        "`if`, `and`, `or` and `not` need one answer, and the comparison gives one for each value. Take `.all()` or "
        "`.any()` of it, or choose values with a mask.",
    ),
    (
        ("ValueError",),
        "equal division",
        "The axis that is cut does not divide into that many parts. Which axis is cut, and how long is it?",
    ),
    (
        ("ValueError",),
        r"(too many|not enough) values to unpack",
        "The names on the left of `=` and the values on the right are not equally many.",
    ),
    (
        ("ValueError",),
        r"expected ndim=(\d), found ndim=(\d)",
        _axes_of_input,
    ),
    (
        ("NotImplementedError",),
        "Iterating over a symbolic",
        "The layer has returned one tensor, and several names stand on the left of `=`. An argument of the layer makes "
        "it return its states too.",
    ),
    (
        ("ValueError",),
        "Cannot convert '.*' to a shape",
        "A shape is one tuple: all its numbers in one pair of brackets.",
    ),
    (
        ("ValueError", "TypeError"),
        "not recognized|Unrecognized keyword|unexpected keyword argument",
        "There is no argument of this name: look at its spelling. Some have changed between versions of Keras.",
    ),
    (
        ("AttributeError",),
        r"module '(.*)' has no attribute '(\w+)'",
        lambda match: (
            f"There is no `{match[2]}` in `{match[1]}`. Look at its spelling, and at upper and lower case."
        ),
    ),
    (
        ("IndexError",),
        "too many indices",
        "The brackets name more axes than the array has. Print its `.shape`.",
    ),
    (
        ("IndexError",),
        "out of (bounds|range)",
        "The index goes past the end: which is the last one that exists?",
    ),
    (
        ("TypeError",),
        "'float' object cannot be interpreted as an integer|slice indices must be integers",
        _FLOAT,
    ),
    (("TypeError",), "NoneType", _NOTHING),
    (("AttributeError",), r"'([\w.]+)' object has no attribute '(\w+)'", _no_method),
    (
        ("TypeError",),
        r"list indices must be integers.*not (?:tuple|ndarray|list)",
        "It is a list, which takes one whole number in its brackets: `np.array(…)` makes an array of it.",
    ),
    (
        ("TypeError",),
        r"unsupported operand .*'(?:list|tuple)'",
        "Python does not calculate with whole lists: `np.array(…)` makes an array of one.",
    ),
    (("KeyError",), "", "The dict has no such key. Print its keys, `list(…)`, in the line before."),
    (("ZeroDivisionError",), "", "What is divided by is 0. For which data does that happen?"),
)
