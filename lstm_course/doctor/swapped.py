"""Inputs of one shape that are given in another order than in the training: the arrays they were cut from tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_course.doctor.named import Named
from lstm_course.doctor.seen import Told

MOST_INPUTS = 6


def inputs_swapped(line: int, method: str, trained: Any, asked: Any, history: Sequence[Named]) -> Told | None:
    """Say where a call is given the inputs of the training in another order.

    >>> a, b = np.arange(12.0).reshape(4, 3), np.arange(12.0, 24.0).reshape(4, 3)
    >>> names = [Named("speed", 1, a), Named("slope", 2, b)]
    >>> inputs_swapped(9, "predict", [a[:2], b[:2]], [b[2:], a[2:]], names).kind
    'inputs-swapped'
    """
    first, second = _sources(trained, history), _sources(asked, history)
    if (
        len(first) < 2
        or len(set(first)) < len(first)
        or None in first
        or sorted(map(str, first)) != sorted(map(str, second))
    ):
        return None
    if first == second:
        return None
    return Told("inputs-swapped", line, (
        f"Line {{line}}: the network was trained with the inputs {', '.join(map(str, first))}, in this order; "
        f"{method} gives it "
        f"{', '.join(map(str, second))}. All have the same shape, so Keras says nothing."
    ))  # fmt: skip


def _sources(value: Any, history: Sequence[Named]) -> list[str | None]:
    """Name the array that each input is a part of."""
    parts = list(value) if isinstance(value, list | tuple) else []
    if not 2 <= len(parts) <= MOST_INPUTS or not all(isinstance(part, np.ndarray) for part in parts):
        return []
    if len({part.shape[1:] for part in parts}) > 1:
        return []
    return [
        next((one.name for one in history if np.may_share_memory(one.array, part)), None) for part in parts
    ]
