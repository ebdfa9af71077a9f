"""Labels, and the rows that they come from: labels of other samples, labels that drift away, changes already seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.named import Named
from lstm_course.doctor.pairing import places
from lstm_course.doctor.relations import FEW, counted, numeric, slides, starts
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
MAX_ROWS = 20_000
SOME = 12  # samples by which labels are followed


def of_other_samples(line: int, method: str, x: Any, y: Any, history: Sequence[Named]) -> Told | None:
    """Say that labels belong to other samples than those they are given beside.

    >>> rows, marks = np.random.default_rng(0).normal(size=(90, 4, 1)), np.random.default_rng(1).normal(size=90)
    >>> before = [Named("X", 1, rows), Named("y", 2, marks)]
    >>> of_other_samples(5, "fit", rows[:40], marks[50:], before).kind
    'labels-of-other-samples'
    >>> of_other_samples(5, "fit", rows[:40], marks[:40], before)
    """
    inputs, labels = numeric(x), numeric(y)
    if inputs is None or labels is None or len(inputs) != len(labels) or not SOME <= len(labels) <= MAX_ROWS:
        return None
    for source in history:
        if source.array.ndim != inputs.ndim or source.array.shape[1:] != inputs.shape[1:]:
            continue
        if not len(inputs) < len(source.array) <= MAX_ROWS:
            continue
        rows = places(inputs, source.array)
        found = _apart(rows, labels, len(source.array), history) if rows is not None else None
        if found is not None:
            name, here, there = found
            kind = "predictions-of-other-samples" if method == "predict" else "labels-of-other-samples"
            whose = "what the predictions are compared with is" if method == "predict" else "the labels are"
            return Told(kind, line, (
                f"{method} (line {{line}}): the samples are {source.name}[{here}:{here + len(inputs)}], {whose} "
                f"{name}[{there}:{there + len(labels)}]: of other samples, {abs(there - here)} places away."
            ))  # fmt: skip
    return None


def _apart(rows: Array, labels: Array, count: int, history: Sequence[Named]) -> tuple[str, int, int] | None:
    """Give the array of labels and where samples and labels begin, where these lie far apart."""
    if len(np.unique(labels)) < FEW or not np.array_equal(rows, np.arange(rows[0], rows[0] + len(rows))):
        return None
    flat = labels.reshape(len(labels), -1)
    for one in history:
        if len(one.array) != count or one.array.size * len(labels) != labels.size * count:
            continue
        theirs = one.array.reshape(count, -1)
        if np.array_equal(theirs[rows], flat):
            return None
        begin = next(starts(theirs, flat), None)
        if begin is not None and abs(begin - int(rows[0])) >= len(rows) // 2:
            return one.name, int(rows[0]), begin
    return None


def drifting(line: int, x: Any, y: Any, history: Sequence[Named]) -> Told | None:
    """Say that windows and their labels move on through the series by different steps.

    >>> series = np.random.default_rng(0).normal(size=400)
    >>> blocks = np.stack([series[i : i + 10] for i in range(0, 390, 10)])[..., None]
    >>> drifting(4, blocks, series[10:49], [Named("s", 1, series)]).kind
    'labels-drift'
    >>> drifting(4, blocks, series[10::10], [Named("s", 1, series)])
    """
    pairs = _windows_and_labels(x, y)
    if pairs is None or pairs[0].shape[1] < 3:
        return None
    inputs, labels = pairs
    for column in columns_of(history):
        for feature in range(min(inputs.shape[2], 8)):
            windows = _starts(column, inputs[:SOME, :, feature])
            goals = _rows_of(column, labels[:SOME]) if windows is not None else None
            if windows is None or goals is None:
                continue
            step, jump = _even(windows), _even(goals)
            if step and jump and step != jump:
                return Told("labels-drift", line, (
                    f"From sample to sample the windows move on by {step} row{'s' * (step > 1)}, their labels "
                    f"by {jump}. The label of the first sample lies {goals[0] - windows[0]} rows behind the start "
                    f"of its window, that of sample {SOME - 1} {goals[-1] - windows[-1]}: "
                    "all but one belong to other windows."
                ))  # fmt: skip
    return None


def _windows_and_labels(x: Any, y: Any) -> tuple[Array, Array] | None:
    """Give windows, (samples, timesteps, features), and one label each, (samples,); None where there are no such."""
    inputs, labels = numeric(x), numeric(y)
    if (
        inputs is None
        or labels is None
        or inputs.ndim != 3
        or labels.size != len(inputs)
        or len(inputs) < SOME
    ):
        return None
    return inputs, labels.reshape(-1)


def _even(rows: Array) -> int:
    """Give the step from row to row; 0 where it changes or goes back."""
    steps = np.diff(rows)
    return int(steps[0]) if np.ptp(steps) == 0 and steps[0] > 0 else 0


def columns_of(history: Sequence[Named]) -> list[Array]:
    """Give the columns of the arrays that the program named, the first forty."""
    tables = [one.array for one in history if one.array.ndim in (1, 2) and SOME < len(one.array) <= 200_000]
    return [table.reshape(len(table), -1)[:, at] for table in tables
            for at in range(min(table.reshape(len(table), -1).shape[1], 8))][:40]  # fmt: skip


def _starts(column: Array, windows: Array) -> Array | None:
    """Give the row at which each window begins; None unless every one begins at one row alone."""
    found = []
    for window in windows:
        same = list(starts(column, window))
        if len(same) != 1:
            return None
        found.append(same[0])
    return np.array(found)


def _rows_of(column: Array, values: Array) -> Array | None:
    """Give the row of each value; None unless every one stands in one row alone."""
    found = []
    for value in values:
        rows = np.flatnonzero(column == value)
        if len(rows) != 1:
            return None
        found.append(rows[0])
    return np.array(found)


Change = Callable[[Array, Array], Array]
CHANGES: dict[str, Change] = {
    "the difference of the last two rows": lambda last, before: last - before,
    "the ratio of the last two rows less one": lambda last, before: last / before - 1,
    "the difference of the last two rows' logarithms": lambda last, before: np.log(last) - np.log(before),
    "whether the last row is above the one before": lambda last, before: (last > before).astype(float),
}


def change_in_the_window(line: int, x: Any, y: Any) -> Told | None:
    """Say that labels are a change between two rows that the window holds already.

    >>> rows = np.random.default_rng(0).normal(size=80) ** 2 + 1
    >>> x = np.lib.stride_tricks.sliding_window_view(rows, 6)[:-1, :, None]
    >>> change_in_the_window(4, x, rows[5:-1] > rows[4:-2]).kind
    'change-in-the-window'
    >>> change_in_the_window(4, x, rows[6:] > rows[5:-1])
    """
    inputs = numeric(x)
    labels = counted(y)
    if inputs is None or labels is None or inputs.ndim != 3 or inputs.shape[1] < 2:
        return None
    if labels.size != len(inputs) or len(labels) < 3 * SOME or np.ptp(labels) == 0:
        return None
    flat = labels.reshape(-1).astype(float)
    with np.errstate(all="ignore"):
        for feature in range(min(inputs.shape[2], 16)):
            last, before = inputs[:, -1, feature].astype(float), inputs[:, -2, feature].astype(float)
            for what, change in CHANGES.items():
                if _equals(change(last, before), flat):
                    return Told("change-in-the-window", line, (
                        f"The label of every sample is {what} of its own window (feature {feature}): the network only "
                        "has to subtract two numbers that it is given, and forecasts nothing."
                    ))  # fmt: skip
    return None


def _equals(made: Array, labels: Array) -> bool:
    if not np.isfinite(made).all() or np.ptp(made) == 0 or not np.isfinite(labels).all():
        return False
    if len(np.unique(labels)) > FEW:  # a change may be scaled afterwards
        return bool(abs(np.corrcoef(made, labels)[0, 1]) > 0.999999)
    return bool(np.array_equal(made, labels))


def before_the_window(line: int, x: Any, y: Any) -> Told | None:
    """Say that the label is the row in front of its window.

    >>> rows = np.random.default_rng(0).normal(size=80)
    >>> x = np.lib.stride_tricks.sliding_window_view(rows, 6)[1:, :, None]
    >>> before_the_window(4, x, rows[: len(x)]).kind, before_the_window(4, x[:-1], rows[7:])
    ('label-before-window', None)
    """
    pairs = _windows_and_labels(x, y)
    if pairs is None or not slides(pairs[0]):
        return None
    inputs, flat = pairs
    if len(np.unique(flat)) < FEW:
        return None
    for feature in range(min(inputs.shape[2], 16)):
        if np.array_equal(flat[1:], inputs[:-1, 0, feature]):
            return Told("label-before-window", line, (
                f"The label of every sample is the row in front of its window (feature {feature}), not the one behind: "
                "the network learns what was before, and forecasts nothing."
            ))  # fmt: skip
    return None


def of_the_first_row(line: int, x: Any, y: Any, history: Sequence[Named]) -> Told | None:
    """Say that a label per row was cut so that each window has that of its first row.

    >>> rows, marks = np.random.default_rng(0).normal(size=(90, 2)), np.arange(90) // 7 % 3
    >>> x = np.lib.stride_tricks.sliding_window_view(rows, 10, axis=0).swapaxes(1, 2)
    >>> before = [Named("rows", 1, rows), Named("marks", 2, marks)]
    >>> of_the_first_row(4, x, marks[: len(x)], before).kind, of_the_first_row(4, x, marks[9:], before)
    ('label-of-the-first-row', None)
    """
    pairs = _windows_and_labels(x, y)
    if pairs is None or not slides(pairs[0]):
        return None
    inputs, flat = pairs
    steps = inputs.shape[1]
    if steps < 3 or np.ptp(flat) == 0:
        return None
    count = len(inputs) + steps - 1
    tables = {
        len(one.array) for one in history
        if one.array.ndim == 2 and len(one.array) >= count and one.array.shape[1] == inputs.shape[2]
        and np.allclose(one.array[:steps], inputs[0])
    }  # fmt: skip
    for one in history:
        if one.array.ndim == 1 and len(one.array) in tables and np.array_equal(one.array[: len(flat)], flat):
            last = one.array[steps - 1 : steps - 1 + len(flat)]
            if not np.array_equal(last, flat):
                return Told("label-of-the-first-row", line, (
                    f"{one.name} has one label per row, {len(one.array):,}; of these the first {len(flat):,} were "
                    "taken. So "
                    f"each window of {steps} rows has the label of its first row, {steps - 1} rows before its end: "
                    f"{np.mean(last != flat):.0%} of the windows end with another label."
                ))  # fmt: skip
    return None
