"""Forecasts that need no network: what a network has to beat, on the very same targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.prepared import Prepared
from lstm_course.data.series import Floats, Integers
from lstm_course.problems import ProblemError, whole_number

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be forecast, and up to which row the past is known.

    Forecasts come back as (samples, labels of one target, targets). They may look at any row up to the
    origin, also before the window: a forecaster would know it. Where no such row exists, they are NaN.
    """

    values: Floats  # targets in original units, (rows, targets)
    label_rows: Integers  # row of each label, (samples, labels of one target)
    origin_rows: Integers  # last row known for that label, same shape

    @property
    def steps_ahead(self) -> Integers:
        """How many rows after the origin each label lies, 1 or more."""
        return self.label_rows - self.origin_rows

    @property
    def truth(self) -> Floats:
        """The true values, (samples, labels of one target, targets)."""
        truth: Floats = self.values[self.label_rows]
        return truth


def task_of(ready: Prepared, part: str) -> Task:
    """Return the task that the samples of one part set."""
    return Task(ready.targets, ready.label_rows[part], ready.origin_rows[part])


def persistence(task: Task) -> Floats:
    """Forecast that the last known value stays: x[t] for every step ahead.

    >>> persistence(_example()).ravel().tolist()
    [2.0, 4.0]
    """
    return _at(task.values, task.origin_rows)


def seasonal_naive(task: Task, season: int) -> Floats:
    """Forecast the value one season before, or as many seasons before as are needed to know it.

    >>> seasonal_naive(_example(), season=2).ravel().tolist()
    [1.0, 2.0]
    """
    return _at(task.values, task.label_rows - _seasons_back(task, season))


def seasonal_drift(task: Task, season: int) -> Floats:
    """Forecast the value one season before, moved by what has changed since: x[t-s] + x[t-1] - x[t-s-1].

    >>> seasonal_drift(_example(), season=1).ravel().tolist()
    [3.0, 6.0]
    """
    back = _seasons_back(task, season)
    then = _at(task.values, task.label_rows - back)
    change = _at(task.values, task.origin_rows) - _at(task.values, task.origin_rows - back)
    moved: Floats = then + change
    return moved


def drift(task: Task) -> Floats:
    """Forecast along the line from the first row to the last known one.

    Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.2.

    >>> drift(_example()).ravel().tolist()
    [3.0, 5.5]
    """
    first = int(np.flatnonzero(np.isfinite(task.values).all(axis=1))[0]) if len(task.values) else 0
    last = _at(task.values, task.origin_rows)
    rows_between = np.maximum(task.origin_rows - first, 1)[:, :, None]
    slope = (last - task.values[first]) / rows_between  # rise for each row, 0 at the first row
    line: Floats = last + slope * task.steps_ahead[:, :, None]
    return line


def moving_average(task: Task, num_rows: int) -> Floats:
    """Forecast the mean of the last rows, of fewer where there are no more.

    >>> moving_average(_example(), num_rows=2).ravel().tolist()
    [1.5, 3.0]
    """
    whole_number("num_rows", num_rows, at_least=1)
    known = np.isfinite(task.values)
    sums = np.cumsum(np.vstack([np.zeros(task.values.shape[1]), np.where(known, task.values, 0.0)]), axis=0)
    counts = np.cumsum(np.vstack([np.zeros(task.values.shape[1]), known]), axis=0)
    stop = task.origin_rows + 1
    start = np.maximum(stop - num_rows, 0)
    number = counts[stop] - counts[start]
    total = sums[stop] - sums[start]
    mean: Floats = np.divide(total, number, out=np.full_like(total, np.nan), where=number > 0)
    return mean


def _seasons_back(task: Task, season: int) -> Integers:
    whole_number("season", season, at_least=1)
    back: Integers = season * -(-task.steps_ahead // season)  # rounded up to whole seasons
    return back


def _at(values: Floats, rows: Integers) -> Floats:
    found: Floats = np.where(rows[:, :, None] >= 0, values[np.maximum(rows, 0)], np.nan)
    return found


def _example() -> Task:
    """Rows 1, 2, 4 and 7; the third is forecast from the second, the fourth from the third."""
    return Task(np.array([[1.0], [2.0], [4.0], [7.0]]), np.array([[2], [3]]), np.array([[1], [2]]))


class LinearModel:
    """A linear model on the same windows as the network: least squares, every input number a column.

    Example:
        >>> X = np.arange(6.0).reshape(3, 2, 1)
        >>> LinearModel(X, X[:, -1, :] + 1).forecast(X).round(6).tolist()
        [[2.0], [4.0], [6.0]]
    """

    def __init__(self, X: Array, y: Array) -> None:
        """Fit on windows (samples, timesteps, features) and labels (samples, ...), without NaN among them."""
        if len(X) != len(y) or len(X) == 0:
            raise ProblemError(
                f"Expected as many labels as windows, at least one; got {X.shape} and {y.shape}."
            )
        self._label_shape = y.shape[1:]
        width = int(np.prod(X.shape[1:]))
        gram = np.zeros((width + 1, width + 1))
        moment = np.zeros((width + 1, int(np.prod(self._label_shape, dtype=np.int64))))
        for chunk in _chunks(X):
            inputs, labels = self._rows(X[chunk]), y[chunk].reshape(len(y[chunk]), -1).astype(np.float64)
            known = np.isfinite(inputs).all(axis=1) & np.isfinite(labels).all(axis=1)
            gram += inputs[known].T @ inputs[known]
            moment += inputs[known].T @ labels[known]
        self._weights = np.asarray(np.linalg.lstsq(gram, moment, rcond=1e-12)[0], dtype=np.float64)

    def forecast(self, X: Array) -> Floats:
        """Return the forecasts in the shape of the labels."""
        pieces = [self._rows(X[chunk]) @ self._weights for chunk in _chunks(X)]
        flat = np.concatenate(pieces) if pieces else np.empty((0, self._weights.shape[1]))
        return flat.reshape(len(X), *self._label_shape)

    @staticmethod
    def _rows(X: Array) -> Floats:
        flat = X.reshape(len(X), -1).astype(np.float64)
        return np.hstack([flat, np.ones((len(flat), 1))])  # the last column carries the intercept


def _chunks(X: Array) -> list[slice]:
    size = max(1, 4_000_000 // max(1, int(np.prod(X.shape[1:]))))  # windows are views: copy few at a time
    return [slice(start, start + size) for start in range(0, len(X), size)]


def majority_class(train_labels: Integers, num_samples: int) -> Integers:
    """Forecast the most frequent class of the training samples, always.

    >>> majority_class(np.array([2, 1, 2]), 2).tolist()
    [2, 2]
    """
    return np.full(num_samples, np.bincount(train_labels).argmax(), dtype=np.int64)


def nearest_centroid(train_points: Array, train_labels: Integers, points: Array) -> Integers:
    """Forecast the class whose mean training point is nearest, each feature in its own spread.

    Args:
        train_points: one point for each training sample, such as the mean over its timesteps,
            (samples, features).
        train_labels: class of each, (samples,).
        points: points to judge, (samples, features).

    >>> nearest_centroid(np.array([[0.0], [1.0], [9.0]]), np.array([0, 0, 1]), np.array([[7.0]])).tolist()
    [1]
    """
    spread = train_points.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    classes = np.unique(train_labels)
    centres = np.array([train_points[train_labels == one].mean(axis=0) for one in classes]) / spread
    distance = ((points[:, None, :] / spread - centres) ** 2).sum(axis=2)  # (samples, classes)
    nearest: Integers = classes[distance.argmin(axis=1)]
    return nearest
