"""Errors that a learner can act on: what was given, what was expected, what to do."""

from __future__ import annotations

import math
import operator
import reprlib

LARGEST = 1_000_000_000  # no axis, count or number of epochs of an experiment is longer
LARGEST_SEED = 2**32 - 1  # what NumPy takes


class ProblemError(ValueError):
    """Something the user gave cannot work; the text is a sentence to show as it is."""


def shown(value: object) -> str:
    """Write a value for the text of an error, shortened where it is long or deeply nested.

    >>> shown("LSTM"), shown(tuple(range(100)))
    ("'LSTM'", '(0, 1, 2, 3, 4, 5, 6, 7, ...)')
    """
    return _SHORT.repr(value)


class _Short(reprlib.Repr):
    """Python's own shortener; it stumbles over whole numbers that are too long to write out."""

    def repr_int(self, x: int, level: int) -> str:
        """Write a whole number, or say that it is a long one."""
        return repr(x) if abs(x) < 10**40 else "a number of more than 40 digits"


_SHORT = _Short()
_SHORT.maxstring = _SHORT.maxother = 80
_SHORT.maxtuple = _SHORT.maxlist = _SHORT.maxdict = 8


def whole_number(name: str, value: object, *, at_least: int, layer: str = "", at_most: int = LARGEST) -> int:
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
        raise ProblemError(f"{where}{name}={shown(value)} is no whole number; give one from {at_least} on.")
    if number < at_least:
        raise ProblemError(
            f"{where}{name}={shown(number)} is too small; give a whole number from {at_least} on."
        )
    if number > at_most:
        raise ProblemError(
            f"{where}{name}={shown(number)} is too large; give a whole number up to {at_most:,}."
        )
    return number


def finite_number(name: str, value: object, *, above: float = -math.inf, example: str = "0.5") -> None:
    """Refuse what is no finite number above a bound.

    >>> finite_number("pad_value", -1.0)
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and above < value < math.inf:
        return
    bound = f" above {above:g}" if above > -math.inf else ""
    raise ProblemError(f"{name}={shown(value)}: expected a finite number{bound}, such as {example}.")


def yes_or_no(name: str, value: object) -> None:
    """Refuse what is neither True nor False; the text "False" would count as true.

    >>> yes_or_no("return_sequences", True)
    """
    if not isinstance(value, bool):
        raise ProblemError(f"{name}={shown(value)}: expected True or False.")
