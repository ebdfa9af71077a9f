"""Which windows belong to which part, and which of them touch a gap."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lstm_course.data.gaps import grid_of
from lstm_course.data.labels import first_label_offset, label_rows
from lstm_course.data.series import Series
from lstm_course.data.split import Part, Parts
from lstm_course.data.windows import num_windows
from lstm_course.experiment import LabelKind

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


def windows_of_part(
    part: Part,
    timesteps: int,
    horizon: int = 1,
    stride: int = 1,
    border: Literal["inside", "reach-back"] = "inside",
    labels: LabelKind = "steps",
) -> Rows:
    """Return the first row of each window of one part, shape (samples,).

    "inside" keeps a window wholly in its part. With "reach-back" the inputs may lie in earlier rows,
    which are known when the forecast is made; the labels lie inside the part either way.

    >>> test = Part("test", 96, 144)
    >>> len(windows_of_part(test, 12)), len(windows_of_part(test, 12, border="reach-back"))
    (36, 48)
    """
    first = part.start
    if border == "reach-back":
        first = max(0, part.start - first_label_offset(timesteps, horizon, labels))
    if part.num_rows == 0:
        return np.empty(0, dtype=np.int64)
    samples = num_windows(part.stop - first, timesteps, horizon, stride)
    return first + stride * np.arange(samples, dtype=np.int64)


def windows_of_parts(
    parts: Parts,
    timesteps: int,
    horizon: int = 1,
    stride: int = 1,
    border: Literal["inside", "reach-back"] = "inside",
    labels: LabelKind = "steps",
) -> dict[str, Rows]:
    """Return the first rows of the windows of each part, as `windows_of_part`."""
    return {part.name: windows_of_part(part, timesteps, horizon, stride, border, labels) for part in parts}


def starts_touching(
    starts: Rows, missing_inputs: Mask, missing_labels: Mask, timesteps: int, horizon: int, labels: LabelKind
) -> Mask:
    """Return which windows hold a row without a value, among their inputs or their labels.

    The cost is that of the rows, not of the windows: sums over rows answer for every window.

    Args:
        starts: first row of each window, shape (samples,).
        missing_inputs: whether a row lacks an input value, shape (rows,).
        missing_labels: whether a row lacks a label value, shape (rows,).
        timesteps: rows in one window.
        horizon: rows ahead to forecast.
        labels: kind of label.

    Returns:
        Mask of shape (samples,).

    >>> gap = np.array([False, False, True, False, False, False])
    >>> starts_touching(np.arange(4), gap, gap, timesteps=2, horizon=1, labels="steps").tolist()
    [True, True, True, False]
    """
    if len(starts) == 0 or not (missing_inputs.any() or missing_labels.any()):
        return np.zeros(len(starts), dtype=np.bool_)
    rows = label_rows(starts[:1], timesteps, horizon, labels)[0] - starts[0]
    inputs = _count(missing_inputs, starts, starts + timesteps)
    outputs = _count(missing_labels, starts + rows[0], starts + rows[-1] + 1)
    return np.asarray(inputs + outputs > 0)


def _count(flags: Mask, start: Rows, stop: Rows) -> Rows:
    total = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    return np.asarray(total[stop] - total[start], dtype=np.int64)


def windows_touching_gaps(X: Array, y: Array) -> Mask:
    """Return which samples hold NaN in their window or their label, shape (samples,).

    >>> X = np.array([[[1.0], [np.nan]], [[2.0], [3.0]]])
    >>> windows_touching_gaps(X, np.array([5.0, 6.0])).tolist()
    [True, False]
    """
    touching = np.zeros(len(X), dtype=np.bool_)
    for step in range(X.shape[1]):  # one timestep at a time: a mask of all of X would undo the view
        touching |= np.isnan(X[:, step]).any(axis=-1)
    if np.issubdtype(y.dtype, np.floating):
        touching |= np.isnan(y).reshape(len(y), -1).any(axis=1) if len(y) else False
    return touching


def absent_before(series: Series) -> Mask:
    """Return at which rows time has jumped since the row before, shape (rows,).

    A window that runs across such a row treats rows as neighbours that are not. All False where the
    step from row to row is unknown.

    >>> import pandas as pd
    >>> times = pd.DatetimeIndex(["2020-01-01", "2020-01-02", "2020-01-05"])
    >>> absent_before(Series("x", pd.DataFrame({"x": [1.0, 2, 3]}, index=times), "D")).tolist()
    [False, False, True]
    """
    jumps = np.zeros(series.num_rows, dtype=np.bool_)
    times, grid = series.times, grid_of(series)
    if times is None or grid is None:
        return jumps
    jumps[1:] = np.diff(grid.get_indexer(times)) > 1
    return jumps


def windows_across(starts: Rows, jumps: Mask, num_window_rows: int) -> Mask:
    """Return which windows run across a jump in time, shape (samples,).

    Args:
        starts: first row of each window, shape (samples,).
        jumps: what `absent_before` returns, shape (rows,).
        num_window_rows: rows from the first input to the last label, timesteps + horizon.

    >>> windows_across(np.array([0, 1, 2]), np.array([False, False, True, False, False]), 2).tolist()
    [False, True, False]
    """
    return np.asarray(_count(jumps, starts + 1, starts + num_window_rows) > 0)
