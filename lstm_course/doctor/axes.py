"""What the numbers along an axis say: a first axis that is time, a feature that only counts the rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.relations import neighbours_alike, numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
SMOOTH, ROUGH = 0.6, 0.15  # correlation of neighbours along time, and of samples that do not know each other
MANY = 100  # rows that a count must have passed


def time_first(line: int, x: Any, y: Any) -> Told | None:
    """Say that time runs along the first axis: labels per timestep change slowly there, and at random along the second.

    Args:
        line: line of the program.
        x: inputs of the training.
        y: its labels, of shape (samples, timesteps) or (samples, timesteps, targets).

    >>> noise = np.random.default_rng(0).normal(size=(43, 30, 1))
    >>> walk = noise[:-3] + noise[1:-2] + noise[2:-1] + noise[3:]
    >>> time_first(3, walk, walk).kind, time_first(3, walk.swapaxes(0, 1), walk.swapaxes(0, 1))
    ('time-on-the-first-axis', None)
    """
    inputs, labels = numeric(x), numeric(y)
    if inputs is None or labels is None or inputs.ndim != 3 or labels.shape[:2] != inputs.shape[:2]:
        return None
    if min(labels.shape[:2]) < 8 or labels[0].size == 1:
        return None
    values = labels.reshape(*labels.shape[:2], -1)[:400, :400, 0].astype(float)
    values = values - values.mean(axis=1, keepdims=True)  # what all sequences have in common at one moment
    down = neighbours_alike(values[:-1], values[1:])
    across = neighbours_alike(values[:, :-1], values[:, 1:])
    if down is None or across is None or down < SMOOTH or abs(across) > ROUGH:
        return None
    return Told("time-on-the-first-axis", line, (
        f"X has shape {inputs.shape}: Keras reads {inputs.shape[0]} samples of {inputs.shape[1]} timesteps. But the "
        f"labels change slowly along the first axis (neighbours correlate by {down:.2f}) and at random along the "
        f"second ({across:.2f}): the first axis is time, the second counts sequences that have nothing to do with "
        "each other."
    ))  # fmt: skip


def counted_rows(line: int, x: Any) -> Told | None:
    """Say that a feature only counts the rows: later rows lie outside of all that was trained on.

    >>> rows = np.column_stack([np.arange(300) / 10, np.sin(np.arange(300) ** 1.3)])
    >>> windows = np.lib.stride_tricks.sliding_window_view(rows, 5, axis=0).swapaxes(1, 2)
    >>> counted_rows(3, windows).kind, counted_rows(3, windows[:, :, 1:])
    ('row-number-as-feature', None)
    """
    inputs = numeric(x)
    if inputs is None or inputs.ndim != 3 or inputs.shape[1] < 3 or inputs.shape[2] < 2 or len(inputs) < MANY:
        return None
    counts = [
        feature for feature in range(min(inputs.shape[2], 64))
        if _counts(inputs[:MANY, :, feature], MANY / 2) and _counts(inputs[:, :, feature], MANY * 0.9)
    ]  # fmt: skip
    if len(counts) != 1:
        return None  # none, or made-up series that rise evenly
    column = inputs[:, :, counts[0]]
    return Told("row-number-as-feature", line, (
        f"Feature {counts[0]} of X rises by the same amount from row to row, from {column.min():.4g} to "
        f"{column.max():.4g}: it counts the rows. Every row of the test, and every later one, has a number there that "
        "no row of the training had."
    ))  # fmt: skip


def _counts(column: Array, rows: float) -> bool:
    """Whether a feature rises evenly, within windows and from window to window, over more than so many rows."""
    steps = np.diff(column.astype(float), axis=1)
    starts = np.diff(column[:, 0].astype(float))
    step = float(np.median(steps))
    if not np.isfinite(steps).all() or step <= 0 or not np.allclose(steps, step, rtol=0.01, atol=0):
        return False
    return bool(np.ptp(column[:, 0]) > rows * step and (starts > 0).mean() > 0.98)
