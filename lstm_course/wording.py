"""Counts in words, in the singular or the plural."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Write a count with its noun, in the singular or the plural.

    >>> counted(1, "row"), counted(17520, "row"), counted(2, "class")
    ('1 row', '17,520 rows', '2 classes')
    """
    ending = "" if number == 1 else ("es" if noun.endswith("s") else "s")
    return f"{number:,} {noun}{ending}"
