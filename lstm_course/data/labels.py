"""What the network should say for each window: steps ahead, every timestep, or a class."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from lstm_course.data.errors import DataError
from lstm_course.experiment import LabelKind

Array = npt.NDArray[Any]
Rows = npt.NDArray[np.int64]


def label_rows(starts: Rows, timesteps: int, horizon: int, kind: LabelKind) -> Rows:
    """Return the row of each label of the windows that start at `starts`.

    Returns:
        Row numbers of shape (samples, horizon) for "steps", (samples, timesteps) for "sequence",
        (samples, 1) for classes.

    >>> label_rows(np.array([0, 1]), timesteps=3, horizon=2, kind="steps").tolist()
    [[3, 4], [4, 5]]
    >>> label_rows(np.array([0]), timesteps=3, horizon=2, kind="sequence").tolist()
    [[2, 3, 4]]
    """
    return np.asarray(starts, dtype=np.int64)[:, None] + _offsets(timesteps, horizon, kind)


def origin_rows(starts: Rows, timesteps: int, horizon: int, kind: LabelKind) -> Rows:
    """Return, for each label, the last row that is known when it is forecast; shape as `label_rows`.

    >>> origin_rows(np.array([0]), timesteps=3, horizon=2, kind="steps").tolist()
    [[2, 2]]
    """
    if kind == "sequence":
        return label_rows(starts, timesteps, horizon, kind) - horizon
    rows = label_rows(starts, timesteps, horizon, kind)
    return np.broadcast_to(np.asarray(starts, dtype=np.int64)[:, None] + timesteps - 1, rows.shape)


def first_label_offset(timesteps: int, horizon: int, kind: LabelKind) -> int:
    """Return how many rows after the start of a window its first label lies.

    >>> first_label_offset(12, 1, "steps")
    12
    """
    return int(_offsets(timesteps, horizon, kind)[0])


def _offsets(timesteps: int, horizon: int, kind: LabelKind) -> Rows:
    if kind == "steps":
        return np.arange(timesteps, timesteps + horizon)
    if kind == "sequence":
        return np.arange(horizon, horizon + timesteps)
    return np.array([timesteps + horizon - 1])


def number_labels(
    targets: Array, num_samples: int, timesteps: int, horizon: int, stride: int, kind: LabelKind
) -> Array:
    """Return the labels of consecutive windows as a view on the rows.

    Args:
        targets: array of shape (rows, targets), starting at the row where the first window starts.
        num_samples: number of windows.
        timesteps: rows in one window.
        horizon: rows ahead to forecast.
        stride: rows from one window to the next.
        kind: "steps" or "sequence".

    Returns:
        "steps": (samples, horizon) for one target, (samples, targets) for one step of several,
        else (samples, horizon, targets). "sequence": (samples, timesteps, targets).

    >>> rows = np.arange(10.0)[:, None]
    >>> number_labels(rows, 2, timesteps=3, horizon=2, stride=4, kind="steps").tolist()
    [[3.0, 4.0], [7.0, 8.0]]
    """
    length = timesteps if kind == "sequence" else horizon
    first = first_label_offset(timesteps, horizon, kind)
    num_targets = targets.shape[1]
    if num_samples == 0:
        view = np.empty((0, length, num_targets), dtype=targets.dtype)
    else:
        view = sliding_window_view(targets[first:], length, axis=0)[: num_samples * stride : stride]
        view = view[:num_samples].transpose(0, 2, 1)  # (samples, horizon or timesteps, targets)
    if kind == "sequence":
        return view
    if num_targets == 1:
        return view[:, :, 0]  # (samples, horizon)
    return view[:, 0, :] if horizon == 1 else view  # (samples, targets) or (samples, horizon, targets)


def flatten(y: Array) -> Array:
    """Drop the last axis of labels (samples, 1), as many tutorials have them.

    Raises:
        DataError: when a sample has more than one label.

    >>> flatten(np.zeros((5, 1))).shape
    (5,)
    """
    if y.ndim != 2 or y.shape[1] != 1:
        raise DataError(
            f"flat labels need one number for each sample, but the labels have shape {y.shape}; "
            "use horizon=1 and one target, or leave flat_labels off."
        )
    return y[:, 0]  # (samples,)


def one_hot(classes: Array, num_classes: int) -> npt.NDArray[np.float32]:
    """Return integer classes of shape (samples,) as rows of zeros with a one, (samples, classes).

    Raises:
        DataError: when a class is below 0 or beyond the last.

    >>> one_hot(np.array([1, 0]), 2).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    if len(classes) and not (classes.min() >= 0 and classes.max() < num_classes):
        raise DataError(
            f"The classes run from {classes.min()} to {classes.max()}; with {num_classes} classes they must run "
            f"from 0 to {num_classes - 1}."
        )
    return np.eye(num_classes, dtype=np.float32)[classes]
