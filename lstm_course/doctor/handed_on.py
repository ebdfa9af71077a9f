"""States that a program hands from one step of a decoder to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.relations import numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
MIN_STEPS = 3  # steps of a decoder that agree before it is judged
MOST = 65_536  # numbers in a state that is kept


@dataclass(frozen=True)
class Stepped:
    """One step of a model that takes states and gives states back."""

    line: int  # line of the program
    model: int  # id of the model
    states: tuple[Array, ...]  # the states that it was given, (samples, units) each
    back: tuple[Array, ...]  # those that came back


def stepped(line: int, model: int, x: Any, answer: Any) -> Stepped | None:
    """Keep one step; None where no state goes in and comes out."""
    if not isinstance(x, list | tuple) or not isinstance(answer, list | tuple):
        return None
    given, back = [_state(one) for one in x], [_state(one) for one in answer]
    units = {one.shape[1] for one in back if one is not None}  # a long answer may have been cut short
    states = tuple(one.copy() for one in given if one is not None and one.shape[1] in units)
    entered = {one.shape[1] for one in states}
    returned = tuple(one.copy() for one in back if one is not None and one.shape[1] in entered)
    return Stepped(line, model, states, returned) if states and len(returned) >= len(states) else None


def _state(value: Any) -> Array | None:
    array = numeric(value)
    good = array is not None and array.ndim == 2 and array.dtype.kind == "f" and 1 < array.size <= MOST
    return array if good else None


def states_left_behind(steps: Sequence[Stepped]) -> Told | None:
    """Say that every step begins from the same states, although others came back.

    >>> start, after = np.ones((1, 4)), np.zeros((1, 4))
    >>> states_left_behind([Stepped(8, 1, (start,), (after,))] * 4).kind
    'states-not-handed-on'
    """
    for line in dict.fromkeys(one.line for one in steps):
        same = [one for one in steps if one.line == line]
        pairs = [(a, b) for a, b in pairwise(same) if a.model == b.model and _alike(a.states, b.states)]
        moved = [a for a, _ in pairs if not any(_alike((one,), a.states[:1]) for one in a.back)]
        if len(pairs) >= MIN_STEPS and len(pairs) == len(same) - 1 and len(moved) == len(pairs):
            return Told("states-not-handed-on", line, (
                f"Line {{line}} asks the decoder {len(same)} times, and every time with the same "
                f"{'state' if len(same[0].states) == 1 else 'states'}; the new ones that come back are not used. So "
                "every step begins where the first one did: the decoder does not remember what it has said."
            ))  # fmt: skip
    return None


def _alike(some: Sequence[Array], others: Sequence[Array]) -> bool:
    return len(some) == len(others) and all(np.array_equal(a, b) for a, b in zip(some, others, strict=True))
