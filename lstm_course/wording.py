"""Counts in words, in the singular or the plural."""

from __future__ import annotations

import re

_STEPS = {
    "YS": "year", "YE": "year", "QS": "quarter", "QE": "quarter", "MS": "month", "ME": "month", "W": "week",
    "D": "day", "B": "working day", "h": "hour", "min": "minute", "s": "second", "ms": "millisecond",
}  # fmt: skip


def counted(number: int, noun: str) -> str:
    """Write a count with its noun, in the singular or the plural.

    >>> counted(1, "row"), counted(17520, "row"), counted(2, "class")
    ('1 row', '17,520 rows', '2 classes')
    """
    ending = "" if number == 1 else ("es" if noun.endswith("s") else "s")
    return f"{number:,} {noun}{ending}"


def step_in_words(alias: str) -> str:
    """Write a step from row to row, given as an alias of pandas; one that is not known stays as it is.

    >>> step_in_words("MS"), step_in_words("30min"), step_in_words("W-SUN"), step_in_words("LWOM")
    ('1 month', '30 minutes', '1 week', 'LWOM')
    """
    parts = re.fullmatch(r"(\d*)([A-Za-z]+)(-\w+)?", alias)
    if parts is None or parts[2] not in _STEPS:
        return alias
    return counted(int(parts[1] or 1), _STEPS[parts[2]])
