"""Errors that a learner can act on: what was given, what was expected, what to do."""

from __future__ import annotations

import operator


class ProblemError(ValueError):
    """Something the user gave cannot work; the text is a sentence to show as it is."""


def whole_number(name: str, value: object, *, at_least: int, layer: str = "") -> int:
    """Return `value` as an int, or say why it is no whole number from `at_least` on.

    >>> whole_number("timesteps", 12, at_least=1)
    12
    """
    where = f"{layer}: " if layer else ""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise ProblemError(f"{where}{name}={value!r} is no whole number; give one from {at_least} on.")
    if number < at_least:
        raise ProblemError(f"{where}{name}={number} is too small; give a whole number from {at_least} on.")
    return number
