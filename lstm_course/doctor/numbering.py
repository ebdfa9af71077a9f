"""Words that a program numbers twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lstm_course.doctor.seen import Told

FEW_WORDS = 5  # words that two numberings must share before they are compared


@dataclass(frozen=True)
class Numbering:
    """A dict from words to numbers; it may grow after it got its name."""

    name: str  # the name
    line: int  # line of the program
    numbers: dict[Any, Any]  # the dict itself


def numbering(name: str, line: int, value: Any) -> Numbering | None:
    """Keep a dict; None for anything else."""
    return Numbering(name, line, value) if type(value) is dict else None


def numbered_twice(found: Sequence[Numbering]) -> Told | None:
    """Say that two dicts give the same words different numbers.

    >>> first = Numbering("a", 3, {word: place for place, word in enumerate("abcdef")})
    >>> other = Numbering("b", 4, {word: place for place, word in enumerate("fedcba")})
    >>> numbered_twice([first, other]).kind, numbered_twice([first, first])
    ('words-numbered-apart', None)
    """
    words = {id(one.numbers): one for one in found if _counts(one.numbers)}
    for a, b in combinations(words.values(), 2):
        shared = [word for word in a.numbers if word in b.numbers]
        differ = [word for word in shared if a.numbers[word] != b.numbers[word]]
        if len(shared) >= FEW_WORDS and len(differ) > len(shared) / 2:
            word = differ[0]
            return Told("words-numbered-apart", b.line, (
                f"Two dicts number the same words ({a.name}, line {a.line}; {b.name}, line {{line}}): {word!r} is "
                f"{a.numbers[word]} in the one and {b.numbers[word]} in the other, and so for {len(differ)} of "
                f"{len(shared)} words. An embedding learns what a number means; with the other numbers it reads "
                "other words."
            ))  # fmt: skip
    return None


def _counts(numbers: dict[Any, Any]) -> bool:
    """Whether a dict numbers words: every number once, from 0, 1 or 2 on."""
    values = [value for value in numbers.values() if isinstance(value, int) and not isinstance(value, bool)]
    if (
        len(numbers) < FEW_WORDS
        or len(values) < len(numbers)
        or not all(isinstance(word, str) for word in numbers)
    ):
        return False
    return len(set(values)) == len(values) and 0 <= min(values) <= 3 and max(values) <= 2 * len(values) + 3
