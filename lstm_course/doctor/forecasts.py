"""What predictions were asked with and compared with: windows that do not move on, truth from other rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.named import Compared
from lstm_course.doctor.relations import FEW, numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
MIN_STEPS = 3  # steps of a recursion that agree before it is judged
MOST = 4_096  # numbers in a window that is kept


@dataclass(frozen=True)
class Asked:
    """One prediction for a single window."""

    line: int  # line of the program
    model: int  # id of the model
    window: Array  # (timesteps, features), as it was at that moment
    answer: Array | None  # what came back, flat


def asked_with(line: int, model: int, x: Any, answer: Any) -> Asked | None:
    """Keep a prediction for a single window; None where there are several, or no array."""
    window = numeric(x) if not isinstance(x, list | tuple | dict) else None
    if (
        window is None
        or window.ndim != 3
        or len(window) != 1
        or window.size > MOST
        or window.shape[1] < MIN_STEPS
    ):
        return None
    values = numeric(answer)
    kept = values.reshape(-1).astype(float) if values is not None and values.size <= MOST else None
    return Asked(line, model, window[0].astype(float), kept)


def recursions(asked: Sequence[Asked]) -> list[Told]:
    """Say where a forecast is fed back to the wrong end of its window, or not at all.

    >>> rows = np.arange(6.0)[:, None] ** 1.5
    >>> steps = [Asked(9, 1, np.vstack([[[number]], rows[1:]]), np.array([number + 1.0])) for number in range(5)]
    >>> recursions(steps)[0].kind
    'window-replaced-at-its-start'
    """
    found = []
    for line in dict.fromkeys(one.line for one in asked):
        steps = [one for one in asked if one.line == line]
        kinds = [_step(a, b) for a, b in pairwise(steps) if a.model == b.model and _comparable(a, b)]
        moves = [
            kind for kind in kinds if kind != "window-never-moves"
        ] or kinds  # a forecast may repeat itself
        if len(kinds) >= MIN_STEPS and len(set(moves)) == 1 and moves[0]:
            found.append(Told(moves[0], line, _says(moves[0], len(steps), steps[0].window.shape)))
    return found


def fed_back_otherwise(asked: Sequence[Asked]) -> Told | None:
    """Say that forecasts are put into the window in another unit than the network gave them.

    >>> rows = list(np.sin(np.arange(9.0)))
    >>> grown = rows[:5] + [one * 40 + 200 for one in rows[5:]]
    >>> steps = [Asked(7, 1, np.array(grown[i : i + 5])[:, None], np.array([rows[i + 5]])) for i in range(4)]
    >>> fed_back_otherwise(steps).kind
    'fed-back-in-another-unit'
    """
    for line in dict.fromkeys(one.line for one in asked):
        steps = [one for one in asked if one.line == line]
        moved = [
            (a.answer[0], b.window[-1, 0]) for a, b in pairwise(steps)
            if a.model == b.model and a.window.shape == b.window.shape and np.array_equal(a.window[1:], b.window[:-1])
            and a.answer is not None and a.answer.size == a.window.shape[1] == 1
        ]  # fmt: skip
        if len(moved) < MIN_STEPS or len(moved) < len(steps) - 1:
            continue
        given, put = np.array(moved, float).T
        if np.ptp(given) == 0 or np.allclose(given, put, rtol=1e-3, atol=1e-6):
            continue
        factor, shift = np.polyfit(given, put, 1)
        far = np.abs(put).max() > 3 * np.abs(steps[0].window).max()
        if far and np.abs(given * factor + shift - put).max() < 1e-3 * np.abs(put).max():
            return Told("fed-back-in-another-unit", line, (
                f"Line {{line}} forecasts step by step. The network answers {given[0]:.4g}, and the next window ends "
                f"with {put[0]:.4g}: forecast * {factor:.4g} + {shift:.4g}. The windows of the training hold scaled "
                "numbers; one that was scaled back is far outside of all that the network knows."
            ))  # fmt: skip
    return None


def _comparable(before: Asked, after: Asked) -> bool:
    return before.window.shape == after.window.shape and bool(np.ptp(before.window) > 0)


def _step(before: Asked, after: Asked) -> str:
    """Name what is wrong between two windows that follow each other; empty where nothing is, or nothing is known."""
    a, b = before.window, after.window
    if np.array_equal(a, b):
        return "window-never-moves" if _same_answer(before, after) else ""
    if np.array_equal(a[1:], b[:-1]):
        return ""
    if a.shape[1] > 1 and np.array_equal(np.roll(a, -1)[:-1], b[:-1]):
        return "window-rolled-flat"
    if np.array_equal(a[1:], b[1:]):
        return "window-replaced-at-its-start"
    if np.array_equal(a[:-1], b[:-1]):
        return "window-replaced-at-its-end"
    moved = np.array_equal(a[:-1], b[1:]) or np.array_equal(
        a[:-2], b[1:-1]
    )  # its newest row may be overwritten
    return "window-moved-backwards" if moved else ""


def _same_answer(before: Asked, after: Asked) -> bool:
    """Whether the model is no other one and draws no random numbers."""
    return (
        before.answer is not None and after.answer is not None and np.array_equal(before.answer, after.answer)
    )


HOW = {
    "window-rolled-flat": "windows in which every number has moved by one place, over the ends of the rows: np.roll "
    "without an axis rolls the flat array, and each feature slides into the column beside it",
    "window-never-moves": "the same window every time, so every answer is the same",
    "window-replaced-at-its-start": "windows of which only the oldest timestep changes: the forecast takes the place "
    "of the first row, and all others stay where they are",
    "window-replaced-at-its-end": "windows of which only the newest timestep changes: the row before it is lost, and "
    "the older ones stay where they are",
    "window-moved-backwards": "windows that move backwards: the forecast goes in front, the newest row falls out",
}


def _says(kind: str, count: int, shape: tuple[int, ...]) -> str:
    return f"Line {{line}} asks the model {count} times, with a window of {shape}: {HOW[kind]}."


def compared_with_the_past(
    pairs: Sequence[Compared], asked: Sequence[Any], trained: Sequence[Any]
) -> list[Told]:
    """Say where predictions are compared with values that stood in their own windows.

    Args:
        pairs: line, difference as written, prediction and what it is compared with.
        asked: inputs of the predictions.
        trained: inputs and labels of the trainings, as pairs; a network that gives back its input is not judged.
    """
    if any(_gives_back(x, y) for x, y in trained):
        return []
    found = []
    for line, text, prediction, other in pairs:
        flat = other.reshape(-1)
        if len(np.unique(flat)) < FEW:
            continue
        for x in asked:
            windows = numeric(x) if not isinstance(x, list | tuple | dict) else None
            if (
                windows is None
                or windows.ndim != 3
                or len(windows) != flat.size
                or prediction.size != flat.size
            ):
                continue
            place = _place(windows, flat)
            if place is not None and not _is_label(flat, trained):
                back = windows.shape[1] - place
                found.append(Told("compared-with-the-past", line, (
                    f"Line {{line}}, {text}: what the predictions are compared with stands in the windows that they "
                    "were made "
                    f"from, {back} row{'s' * (back > 1)} before the one that is forecast."
                )))  # fmt: skip
    return found[:1]


def _place(windows: Array, flat: Array) -> int | None:
    """Give the timestep of the windows at which an array stands; None where it does not."""
    same = np.asarray(np.isclose(windows, flat[:, None, None], rtol=1e-6, atol=1e-9)).all(axis=0)
    steps = np.flatnonzero(np.asarray(same).any(axis=1))
    return int(steps[-1]) if len(steps) else None


def _gives_back(x: Any, y: Any) -> bool:
    inputs, labels = numeric(x), numeric(y)
    return inputs is not None and labels is not None and inputs.shape == labels.shape


def _is_label(flat: Array, trained: Sequence[Any]) -> bool:
    labels = [numeric(y) for _, y in trained]
    return any(y is not None and y.size >= flat.size and np.isin(flat[:50], y.reshape(-1)).all() and
               np.array_equal(y.reshape(-1)[: flat.size], flat) for y in labels)  # fmt: skip
