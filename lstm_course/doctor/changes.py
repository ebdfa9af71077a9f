"""Forecasts of changes, and the levels that they are added to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.mixed import line_through
from lstm_course.doctor.named import Compared, Named
from lstm_course.doctor.relations import FEW, numeric, starts
from lstm_course.doctor.rows import follows
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]


def added_to_one_level(
    pairs: Sequence[Compared], answers: Sequence[Array], labels: Any, history: Sequence[Named]
) -> Told | None:
    """Say that changes from row to row were all added to the level of a single row.

    Args:
        pairs: differences of predictions and something else.
        answers: what predict gave.
        labels: y of the training.
        history: arrays that the program named.
    """
    learned = numeric(labels)
    if learned is None or learned.size != len(learned) or len(np.unique(learned)) < FEW:
        return None
    for line, text, prediction, other in pairs:
        raw = [one for one in answers if one.size == prediction.size]
        lines = [found for one in raw if (found := line_through(one, prediction)) is not None]
        level = _level(other.reshape(-1), learned.reshape(-1)[:60], history)
        if not lines or level is None or abs(lines[-1][1]) < np.abs(learned).max() * abs(lines[-1][0]) / 10:
            continue
        name, row = level
        return Told("changes-added-to-one-level", line, (
            f"Line {{line}}, {text}: the network learned the changes from row to row of {name}, and every forecast was "
            f"added to the same {lines[-1][1]:.4g}. They are compared with {name} from row {row} on, where each row "
            "has a row before it of its own."
        ))  # fmt: skip
    return None


def _level(other: Array, learned: Array, history: Sequence[Named]) -> tuple[str, int] | None:
    """Give the named series of which one side is a part, and the labels are the changes."""
    for one in history:
        series = one.array
        if (
            series.ndim != 1
            or not FEW < len(series) <= 200_000
            or series.dtype.kind != "f"
            or len(other) < FEW
        ):
            continue
        at = next(starts(series, other), None)
        if at and follows(np.diff(series), learned.astype(float), 1) is not None:
            return one.name, at
    return None


def horizons_flattened(
    pairs: Sequence[Compared], answers: Sequence[Array], labels: Any, history: Sequence[Named]
) -> Told | None:
    """Say that forecasts of several steps, whose horizons overlap, were laid end to end and read as one series."""
    learned = numeric(labels)
    if learned is None or not _overlap(learned):
        return None
    for line, text, prediction, other in pairs:
        flat = [one.reshape(-1)[: prediction.size] for one in answers if one.ndim == 2 and one.shape[1] > 1]
        same = [one for one in flat if one.size == prediction.size and prediction.ndim == 1]
        if any(line_through(one, prediction) is not None for one in same) and _in_a_series(other, history):
            steps = learned.shape[1]
            return Told("horizons-flattened", line, (
                f"Line {{line}}, {text}: each forecast has {steps} steps, and the next one begins one row later, not "
                f"{steps}. Laid end to end they repeat every row {steps} times; the series that they are compared with "
                "holds every row once."
            ))  # fmt: skip
    return None


def _overlap(labels: Array) -> bool:
    """Whether each row of labels begins where the row before it has its second step."""
    steps = labels.ndim == 2 and labels.shape[1] > 1 and len(labels) >= FEW
    return steps and np.array_equal(labels[1:, 0], labels[:-1, 1])


def _in_a_series(other: Array, history: Sequence[Named]) -> bool:
    """Whether an array is a piece of a named series, one row behind the other."""
    if other.ndim != 1 or len(other) < FEW or len(np.unique(other)) < FEW:
        return False
    for one in history:
        series = one.array
        if series.ndim != 1 or len(series) <= len(other):
            continue
        if next(starts(series, other), None) is not None:
            return True
    return False
