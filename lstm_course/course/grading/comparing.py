"""Compare what a program gave with what is right, axis by axis, and say where they part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_course.course.grading.verdict import Message
from lstm_course.course.grading.wire import ModelValue, Opaque

# an array, an Embedding, an LSTM
_SPOKEN_WITH_A_VOWEL = re.compile("[aeiou]|[AEIOU][a-z]|[AEFHILMNORSX][A-Z]")


@dataclass(frozen=True, eq=False)
class Mistake:
    """What a program gives that has one particular mistake."""

    id: str  # id of its message
    value: Any  # what such a program gives for the same data
    text: str  # what to tell the learner


def same(given: Any, expected: Any, tolerance: float = 1e-6) -> bool:
    """Whether two values are equal, numbers up to a tolerance.

    Arrays have to agree in shape; a list of numbers stands for the array that it makes. Integer or float, float32 or
    float64 makes no difference.

    >>> same([1.0, 2.0], np.array([1, 2])), same(np.zeros((3, 1)), np.zeros(3)), same("mse", "mse")
    (True, False, True)
    """
    return difference(given, expected, "", (), tolerance) is None


def difference(given: Any, expected: Any, what: str, axes: Sequence[str], tolerance: float) -> Message | None:
    """Say where a value parts from what was expected; None where they are the same.

    Args:
        given: what the program gave.
        expected: what is right.
        what: the call, as a learner would write it.
        axes: name of each axis of the expected array.
        tolerance: largest difference between two numbers, relative to the larger of 1 and the number.
    """
    if given is None and expected is not None:
        return nothing_returned(what)
    if isinstance(given, Opaque) or (isinstance(given, ModelValue) and not isinstance(expected, ModelValue)):
        name = given.type_name if isinstance(given, Opaque) else given.kind
        return Message("wrong-type", f"`{what}` gives {_a(name)}; expected was {kind_of(expected)}.")
    if isinstance(expected, tuple) or (isinstance(expected, list) and not _is_numeric(expected)):
        return _each_item(given, expected, what, axes, tolerance)
    if isinstance(expected, dict):
        return _each_key(given, expected, what, axes, tolerance)
    if isinstance(expected, str | bool | None):
        return None if given == expected and type(given) is type(expected) else _values(given, expected, what)
    return _arrays(given, expected, what, axes, tolerance)


def nothing_returned(what: str) -> Message:
    """Say that a function gives None."""
    return Message(
        "returns-nothing",
        f"`{what}` returns None. End the function with `return` and the result; what changes an object in place, "
        "as `list.sort()` does, returns None too.",
    )


def _each_item(
    given: Any, expected: Sequence[Any], what: str, axes: Sequence[str], tolerance: float
) -> Message | None:
    if isinstance(given, np.ndarray) and _are_rows(expected, given.shape):
        given = list(given)  # it unpacks as they do
    if not isinstance(given, tuple | list):
        return Message(
            "wrong-type",
            f"`{what}` gives {kind_of(given)}; expected were {len(expected)} values, as in `return first, second`.",
        )
    if len(given) != len(expected):
        wanted = f"{len(expected)}: {expected!r}" if len(repr(expected)) < 80 else f"{len(expected)}"
        return Message("wrong-shape", f"`{what}` gives {len(given)} values; expected were {wanted}.")
    for position, (one, other) in enumerate(zip(given, expected, strict=True)):
        found = difference(one, other, f"{what}[{position}]", axes if position == 0 else (), tolerance)
        if found:
            return found
    return None


def _are_rows(values: Sequence[Any], shape: tuple[int, ...]) -> bool:
    """Whether an array of this shape may hold these values, one in each of its rows."""
    plain = all(isinstance(value, np.ndarray | int | float) for value in values)
    return plain and shape[:1] == (len(values),) and all(np.shape(value) == shape[1:] for value in values)


def _each_key(
    given: Any, expected: dict[Any, Any], what: str, axes: Sequence[str], tolerance: float
) -> Message | None:
    if not isinstance(given, dict):
        return Message("wrong-type", f"`{what}` gives {kind_of(given)}; expected was a dict.")
    if set(given) != set(expected):
        lacking = ", ".join(map(repr, set(expected) - set(given))) or "nothing"
        excess = ", ".join(map(repr, set(given) - set(expected))) or "nothing"
        return Message(
            "wrong-shape", f"`{what}`: the keys do not fit; missing {lacking}, unexpected {excess}."
        )
    for key, value in expected.items():
        found = difference(given[key], value, f"{what}[{key!r}]", axes, tolerance)
        if found:
            return found
    return None


def _arrays(given: Any, expected: Any, what: str, axes: Sequence[str], tolerance: float) -> Message | None:
    right = np.asarray(expected)
    try:
        array = np.asarray(_table(given) if isinstance(given, dict) else given)
    except ValueError:
        return Message(
            "wrong-type",
            f"`{what}` gives rows of different lengths, which make no array; expected shape {right.shape}.",
        )
    if array.dtype.kind in "OUSV" and right.dtype.kind not in "OUSV":
        return Message(
            "wrong-type", f"`{what}` gives {kind_of(given)}; expected were numbers of shape {right.shape}."
        )
    if isinstance(expected, list) and not expected and array.shape[:1] == (0,):
        return None  # a list of nothing has no further axes to agree in
    if array.shape != right.shape:
        return shape_message(array.shape, right.shape, what, axes)
    return _numbers(array, right, what, tolerance)


def _table(columns: dict[Any, Any]) -> Any:
    """Return the rows of a table, which comes as its columns; anything else as it is."""
    arrays = [each for each in columns.values() if isinstance(each, np.ndarray) and each.ndim == 1]
    alike = len(arrays) == len(columns) and len({len(each) for each in arrays}) == 1
    return np.stack(arrays, axis=1) if alike else columns


def shape_message(
    given: tuple[int, ...], expected: tuple[int, ...], what: str, axes: Sequence[str] = ()
) -> Message:
    """Say in which axis two shapes part.

    >>> shape_message((12, 89, 1), (89, 12, 1), "f(x)", ("samples", "timesteps", "features")).text
    '`f(x)` has shape (12, 89, 1), expected was (89, 12, 1): the axes are in another order.'
    """
    start = f"`{what}` has shape {given}, expected was {expected}"
    if len(given) != len(expected):
        names = f" ({', '.join(axes)})" if len(axes) == len(expected) else ""
        return Message(
            "wrong-rank", f"{start}: {_axes(len(given))} instead of {_axes(len(expected))}{names}."
        )
    if sorted(given) == sorted(expected):
        return Message("wrong-shape", f"{start}: the axes are in another order.")
    parts = [
        f"{axes[i] if len(axes) == len(expected) else f'axis {i}'} is {a} instead of {b}"
        for i, (a, b) in enumerate(zip(given, expected, strict=True))
        if a != b
    ]
    return Message("wrong-shape", f"{start}: {', '.join(parts)}.")


def _axes(rank: int) -> str:
    return {0: "a single number", 1: "1 axis"}.get(rank, f"{rank} axes")


def _numbers(array: Any, right: Any, what: str, tolerance: float) -> Message | None:
    if right.dtype.kind in "USMm":
        wrong = np.asarray(array != right)
    else:
        first, second = array.astype(np.complex128), right.astype(np.complex128)
        if np.isnan(first).any() and not np.isnan(second).any():
            return Message(
                "has-nan",
                f"`{what}` holds NaN, in {int(np.isnan(first).sum()):,} of {first.size:,} places; expected were "
                "numbers.",
            )
        close = np.isclose(first, second, rtol=tolerance, atol=tolerance, equal_nan=True)
        wrong = np.asarray(~close)
    if not wrong.any():
        return None
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    share = (
        "the value is"
        if right.size == 1
        else f"{int(wrong.sum()):,} of {right.size:,} values differ; the first is {list(where)}:"
    )
    return Message(
        "wrong-values", f"`{what}`: {share} {_number(array[where])}, expected was {_number(right[where])}."
    )


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)


def _values(given: Any, expected: Any, what: str) -> Message:
    return Message("wrong-values", f"`{what}` gives {given!r:.200}, expected was {expected!r}.")


def _is_numeric(values: Sequence[Any]) -> bool:
    try:
        return np.asarray(values).dtype.kind in "biufc"
    except ValueError:
        return False


def kind_of(value: Any) -> str:
    """Name what a value is, with its article."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Opaque):
        return _a(value.type_name)
    if isinstance(value, ModelValue):
        return "a Keras model"
    return "None" if value is None else _a(type(value).__name__)


def _a(noun: str) -> str:
    """Put the article before a noun.

    >>> _a("array"), _a("LSTM"), _a("GRU"), _a("Embedding")
    ('an array', 'an LSTM', 'a GRU', 'an Embedding')
    """
    return f"{'an' if _SPOKEN_WITH_A_VOWEL.match(noun) else 'a'} {noun}"
