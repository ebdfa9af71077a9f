"""Numbers that are lost on the way: fractions cut off, differences that wrap, one answer taken for all."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_course.doctor.scales import scaled_how
from lstm_course.doctor.seen import Told

MANY = 20  # labels that one answer is compared with
MOSTLY = 0.5  # share of the values that have a fraction


def cut_by_conversion(line: int, text: str, value: Any, result: Any, predicted: bool) -> Told | None:
    """Say that scaled values or probabilities became whole numbers.

    >>> shares = np.linspace(0, 1, 40)
    >>> cut_by_conversion(3, "z.astype(int)", shares, shares.astype(int), False).kind
    'fractions-cut'
    >>> cut_by_conversion(3, "c.astype(int)", np.arange(40.0), np.arange(40), False)
    """
    if not isinstance(value, np.ndarray) or getattr(result, "dtype", np.dtype(float)).kind not in "iu":
        return None
    if (
        value.dtype.kind != "f"
        or value.size < 2
        or not np.isfinite(value).all()
        or _fractions(value) < MOSTLY
    ):
        return None
    small = np.abs(value).max() <= 1.05
    if not small and scaled_how(value.reshape(len(value), -1)) != "standard":
        return None
    kind = "forecasts-cut" if predicted else "fractions-cut"
    return Told(kind, line, (
        f"Line {{line}}, {text}: {_fractions(value):.0%} of the values, which run from {value.min():.4g} to "
        f"{value.max():.4g}, have a fraction. Whole numbers hold none: {len(np.unique(result))} different "
        f"value{'s are' if len(np.unique(result)) > 1 else ' is'} left, {result.min()} to {result.max()}."
    ))  # fmt: skip


def cut_by_assignment(line: int, name: str, value: Any, target: Any, predicted: bool) -> Told | None:
    """Say that numbers with fractions are put into an array of whole numbers.

    >>> cut_by_assignment(3, "out", np.array([0.5, 0.7]), np.zeros((4, 2), int), False).kind
    'fractions-cut'
    """
    if not isinstance(target, np.ndarray) or target.dtype.kind not in "iu":
        return None
    numbers = _numbers(value)
    if numbers is None or _fractions(numbers) < MOSTLY:
        return None
    return Told("forecasts-cut" if predicted else "fractions-cut", line, (
        f"Line {{line}} puts {numbers.reshape(-1)[0]:.4g} into {name}, an array of {target.dtype}: whole numbers. "
        "NumPy "
        f"cuts the fraction off without a word, and {int(numbers.reshape(-1)[0])} stays."
    ))  # fmt: skip


def _numbers(value: Any) -> np.ndarray[Any, Any] | None:
    if not isinstance(value, float | np.floating | np.ndarray) and not hasattr(value, "numpy"):
        return None
    array = np.asarray(value)
    return array if array.dtype.kind == "f" and array.size and np.isfinite(array).all() else None


def _fractions(values: np.ndarray[Any, Any]) -> float:
    return float((values != np.round(values)).mean())


def one_for_all(line: int, text: str, sign: str, left: Any, right: Any) -> Told | None:
    """Say that the first of several predictions is compared with every label.

    >>> answers = np.zeros((30, 1))
    >>> one_for_all(5, "p - y", "-", answers[0], np.arange(30.0)).kind
    'one-answer-for-all'
    """
    for first, other in ((left, right), (right, left)):
        base = getattr(first, "base", None)
        if sign != "-" or not isinstance(base, np.ndarray) or not isinstance(other, np.ndarray):
            continue
        alone = first.shape == (1,) and base.ndim == 2 and base.shape[1] == 1
        if alone and other.ndim == 1 and len(base) == len(other) >= MANY:
            return Told("one-answer-for-all", line, (
                f"Line {{line}}, {text}: predict gave {len(base):,} answers, {base.shape}; only one of them is taken, "
                f"and NumPy stretches it over all {len(other):,} labels."
            ))  # fmt: skip
    return None


def wrapped(line: int, text: str, left: Any, right: Any) -> Told | None:
    """Say that a difference of numbers without a sign fell below zero, and came out at the upper end.

    >>> rows = np.array([3, 2, 5], dtype="uint8")
    >>> wrapped(4, "rows[1:] - rows[:-1]", rows[1:], rows[:-1]).kind
    'difference-wraps'
    """
    sides = [
        one for one in (left, right) if isinstance(one, np.ndarray) and one.dtype.kind == "u" and one.size
    ]
    if len(sides) < 2 or left.shape != right.shape:
        return None
    below = left.astype(np.int64) < right.astype(np.int64)
    if not below.any():
        return None
    where = np.argmax(below.reshape(-1))
    a, b = left.reshape(-1)[where], right.reshape(-1)[where]
    return Told("difference-wraps", line, (
        f"Line {{line}}, {text}: the numbers are {left.dtype}, which has no sign. {below.mean():.0%} of the "
        "differences "
        f"would be below zero and wrap round: {a} - {b} gives "
        f"{left.dtype.type((int(a) - int(b)) % (np.iinfo(left.dtype).max + 1))}."
    ))  # fmt: skip
