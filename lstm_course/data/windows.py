"""Cut rows into windows (samples, timesteps, features) and their labels, without copying the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from lstm_course.data.errors import DataError, unknown
from lstm_course.data.labels import flatten, label_rows, number_labels, one_hot
from lstm_course.data.series import Series
from lstm_course.experiment import LabelKind
from lstm_course.problems import whole_number

Array = npt.NDArray[Any]
Columns = Sequence[str] | Sequence[int] | None


def num_windows(num_rows: int, timesteps: int, horizon: int = 1, stride: int = 1) -> int:
    """Return how many windows with their labels fit into a number of rows.

    (rows - timesteps - horizon) // stride + 1, and none when rows < timesteps + horizon.

    >>> num_windows(144, timesteps=12)
    132
    >>> num_windows(12, timesteps=12)
    0
    """
    rest = num_rows - timesteps - horizon
    return rest // stride + 1 if rest >= 0 else 0


def window_starts(num_rows: int, timesteps: int, horizon: int = 1, stride: int = 1) -> npt.NDArray[np.int64]:
    """Return the first row of each window, shape (samples,).

    >>> window_starts(10, timesteps=3, horizon=1, stride=3).tolist()
    [0, 3, 6]
    """
    return np.arange(num_windows(num_rows, timesteps, horizon, stride), dtype=np.int64) * stride


def view_windows(
    values: Array,
    num_samples: int,
    timesteps: int,
    stride: int = 1,
    lags: Literal["timesteps", "features"] = "timesteps",
) -> Array:
    """Return the first windows of the rows as a read-only view: no value is copied.

    Args:
        values: array of shape (rows, features), C-contiguous for `lags="features"` to stay a view.
        num_samples: number of windows.
        timesteps: rows in one window.
        stride: rows from one window to the next.
        lags: the axis on which the rows of a window lie.

    Returns:
        (samples, timesteps, features), or (samples, 1, timesteps * features) for `lags="features"`.

    >>> view_windows(np.arange(4.0)[:, None], num_samples=2, timesteps=3)[:, :, 0].tolist()
    [[0.0, 1.0, 2.0], [1.0, 2.0, 3.0]]
    """
    num_features = values.shape[1]
    if num_samples == 0:
        view = np.empty((0, timesteps, num_features), dtype=values.dtype)
    else:
        view = sliding_window_view(values, timesteps, axis=0)[: num_samples * stride : stride]
        view = view[:num_samples].transpose(0, 2, 1)  # (samples, timesteps, features)
    if lags == "features":
        return view.reshape(len(view), 1, timesteps * num_features)  # (samples, 1, timesteps * features)
    return view


def make_windows(
    rows: Series | pd.DataFrame | Array,
    timesteps: int,
    horizon: int = 1,
    stride: int = 1,
    *,
    features: Columns = None,
    targets: Columns = None,
    labels: LabelKind = "steps",
    flat: bool = False,
    lags: Literal["timesteps", "features"] = "timesteps",
) -> tuple[Array, Array]:
    """Cut rows into windows and labels; the first label of a window is the row after its last.

    X and number labels are read-only views on the rows: a window costs no memory.

    Args:
        rows: a Series, a table, or an array of shape (rows, columns) or (rows,).
        timesteps: rows in one window, 1 or more.
        horizon: rows ahead to forecast, 1 or more.
        stride: rows from the start of one window to the next, 1 or more.
        features: columns that go in, by name (by number for an array); None: the targets of a Series'
            card, or every column of numbers.
        targets: columns to forecast; None: the card's, or the one feature there is.
        labels: "steps" (the next `horizon` values), "sequence" (for each timestep the value `horizon`
            rows later), "class" or "one-hot" (the class `horizon` rows after the window).
        flat: drop the last axis of labels (samples, 1).
        lags: the axis on which the rows of a window lie.

    Returns:
        X of shape (samples, timesteps, features), or (samples, 1, timesteps * features) for
        `lags="features"`, and y: (samples, horizon), (samples, targets), (samples, horizon, targets),
        (samples, timesteps, targets), (samples,) or (samples, classes).

    Raises:
        DataError: when the rows are too few or a column does not fit.

    >>> X, y = make_windows(np.arange(10.0), timesteps=3, horizon=2)
    >>> X.shape, y.shape, X[0, :, 0].tolist(), y[0].tolist()
    ((6, 3, 1), (6, 2), [0.0, 1.0, 2.0], [3.0, 4.0])
    """
    for name, number in (("timesteps", timesteps), ("horizon", horizon), ("stride", stride)):
        whole_number(name, number, at_least=1)
    series = _as_series(rows)
    inputs = _names(features, series) or _default_features(series, labels)
    outputs = _names(targets, series) or _default_targets(series, inputs, labels)
    samples = num_windows(series.num_rows, timesteps, horizon, stride)
    if samples == 0:
        raise too_short(series.num_rows, timesteps, horizon, "the series")
    values = rows_of(rows, series, inputs)
    X = view_windows(values, samples, timesteps, stride, lags)
    if labels in ("class", "one-hot"):
        return X, _class_labels(series, outputs, samples, timesteps, horizon, stride, labels)
    goals = values if outputs == inputs else rows_of(rows, series, outputs)
    y = number_labels(goals, samples, timesteps, horizon, stride, labels)
    return X, flatten(y) if flat else y


def too_short(num_rows: int, timesteps: int, horizon: int, what: str) -> DataError:
    """Return the error for rows that hold not even one window and its labels.

    >>> print(too_short(101, 200, 1, "the training part"))
    A window of 200 timesteps and a horizon of 1 need at least 201 rows, but the training part has 101. \
Use at most 100 timesteps, a shorter horizon, or more rows.
    """
    most = num_rows - horizon
    advice = f"Use at most {most} timesteps, a shorter horizon" if most >= 1 else "Use a shorter horizon"
    return DataError(
        f"A window of {timesteps} timesteps and a horizon of {horizon} need at least {timesteps + horizon} rows, "
        f"but {what} has {num_rows}. {advice}, or more rows."
    )


def rows_of(rows: Series | pd.DataFrame | Array, series: Series, names: tuple[str, ...]) -> Array:
    """Return columns as (rows, columns), the array itself where it already is that."""
    if isinstance(rows, np.ndarray) and names == series.columns and np.issubdtype(rows.dtype, np.floating):
        return rows if rows.ndim == 2 else rows[:, None]
    return series.values(names)


def _as_series(rows: Series | pd.DataFrame | Array) -> Series:
    if isinstance(rows, Series):
        return rows
    if isinstance(rows, pd.DataFrame):
        return Series("table", rows.rename(columns=str))
    array = np.asarray(rows)
    array = array[:, None] if array.ndim == 1 else array  # (rows, columns)
    if array.ndim != 2 or not np.issubdtype(array.dtype, np.number):
        raise DataError(
            f"Expected rows of numbers of shape (rows,) or (rows, columns), got shape {array.shape} "
            f"of {array.dtype}; windows are made here, so give the rows as they are."
        )
    return Series("array", pd.DataFrame(array, columns=[str(i) for i in range(array.shape[1])], copy=False))


def _names(columns: Columns, series: Series) -> tuple[str, ...]:
    if isinstance(columns, str):
        raise DataError(f"{columns!r} is one name; write the columns as a list: [{columns!r}].")
    names = tuple(str(column) for column in columns or ())
    for name in names:
        if name not in series.columns:
            raise unknown("column", name, series.columns)
    return names


def _default_features(series: Series, labels: LabelKind) -> tuple[str, ...]:
    if series.card:
        return series.card.features if labels in ("class", "one-hot") else series.card.targets
    if not series.numeric_columns:
        raise DataError("There is no column of numbers to make windows of.")
    return series.numeric_columns


def _default_targets(series: Series, inputs: tuple[str, ...], labels: LabelKind) -> tuple[str, ...]:
    if labels in ("class", "one-hot"):
        if not series.class_columns:
            raise DataError("There is no column of classes; name one that holds few whole numbers as target.")
        return series.class_columns[:1]
    if series.card:
        return series.card.targets
    if len(inputs) > 1:
        raise DataError(
            f"There are {len(inputs)} columns ({', '.join(inputs)}); say which to forecast: targets=[{inputs[0]!r}]."
        )
    return inputs


def _class_labels(
    series: Series,
    outputs: tuple[str, ...],
    samples: int,
    timesteps: int,
    horizon: int,
    stride: int,
    labels: LabelKind,
) -> Array:
    if len(outputs) != 1:
        raise DataError(f"A class label comes from one column, not from {', '.join(outputs)}; name one.")
    codes, names = series.classes(outputs[0])
    starts = np.arange(samples, dtype=np.int64) * stride
    classes = codes[label_rows(starts, timesteps, horizon, labels)[:, 0]]  # (samples,)
    return one_hot(classes, len(names)) if labels == "one-hot" else classes
