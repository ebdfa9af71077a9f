"""Questions that a learner commits to before seeing: shapes, numbers, choices, orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lstm_course.course.quantities import Quantity
from lstm_course.shapes import Prediction


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What every question has."""

    id: str  # unique within its lesson
    prompt: str  # the question, with placeholders
    explanation: str  # why the right answer is right, with placeholders; shown after any answer that is right


@dataclass(frozen=True, kw_only=True)
class Shape(_Question):
    """Asks for a shape."""

    answer: Quantity  # where the right answer comes from
    misconceptions: tuple[str, ...] = ()  # ids to look for first; all others that fit follow


@dataclass(frozen=True, kw_only=True)
class Number(_Question):
    """Asks for a count."""

    answer: Quantity  # where the right answer comes from
    misconceptions: tuple[str, ...] = ()  # ids to look for first; all others that fit follow
    unit: str = ""  # what is counted, shown behind the input: "windows"


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    key: str  # its name
    text: str  # what it says, with placeholders
    why: str = ""  # what to tell somebody who chose it although it is wrong, with placeholders


@dataclass(frozen=True, kw_only=True)
class Choice(_Question):
    """Asks to choose one of several answers."""

    options: tuple[Option, ...]  # in the order shown
    answer: Callable[
        [Prediction], str | None
    ]  # key of the right option; None where the question has no sense


@dataclass(frozen=True, kw_only=True)
class Order(_Question):
    """Asks to bring things into an order."""

    items: tuple[Option, ...]  # as shown at first
    answer: Callable[[Prediction], Sequence[str] | None]  # the keys in the right order


Question: TypeAlias = Shape | Number | Choice | Order
