"""Forecasts over many steps: how the error grows, one step fed back into the next, and folds in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.series import Floats
from lstm_course.data.split import Part, Parts
from lstm_course.problems import ProblemError, whole_number

Array = npt.NDArray[Any]


def error_per_step(truth: Array, forecast: Array) -> Floats:
    """Return the RMSE of each step ahead, in the unit of the values.

    Args:
        truth: true values, (samples, horizon) or (samples, horizon, targets).
        forecast: forecasts, same shape.

    Returns:
        Array of shape (horizon,) or (horizon, targets); NaN in a step without a known pair.

    Raises:
        ProblemError: when the shapes differ or there is no sample.

    >>> error_per_step(np.zeros((2, 2)), np.array([[1.0, 3.0], [1.0, 3.0]])).tolist()
    [1.0, 3.0]
    """
    truth, forecast = np.asarray(truth, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if truth.shape != forecast.shape or truth.ndim < 2 or not len(truth):
        raise ProblemError(
            f"Expected truth and forecast of the same shape (samples, horizon), got {truth.shape} and {forecast.shape}."
        )
    squares = (forecast - truth) ** 2
    known = np.isfinite(squares)
    total = np.where(known, squares, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return np.asarray(np.sqrt(mean), dtype=np.float64)


def recursive_forecast(step: Callable[[Array], Array], windows: Array, horizon: int) -> Array:
    """Forecast many steps with a model of one step, by feeding each forecast back as the newest input.

    Errors feed back too, so that the forecast often settles into a line or a plain cycle; compare it
    with a model that forecasts all steps directly.

    Args:
        step: a model of one step: (samples, timesteps, features) to (samples, features) or, for one
            feature, (samples,) or (samples, 1). Its targets must be its features, in the same order.
        windows: the windows to start from, (samples, timesteps, features).
        horizon: number of steps.

    Returns:
        Forecasts of shape (samples, horizon, features), on the scale of the windows.

    Raises:
        ProblemError: when the model does not forecast every feature.

    >>> recursive_forecast(lambda X: X[:, -1] + 1, np.zeros((1, 2, 1)), 3)[0, :, 0].tolist()
    [1.0, 2.0, 3.0]
    """
    whole_number("horizon", horizon, at_least=1)
    samples, _, features = windows.shape
    current = np.array(windows)
    steps = []
    for _ in range(horizon):
        output = np.asarray(step(current))
        if output.size != samples * features:
            raise ProblemError(
                f"The model gives {output.shape} for {samples} samples, but to feed a forecast back it must give all "
                f"{features} features: ({samples}, {features}). Forecast every feature, or use the direct way."
            )
        following = output.reshape(samples, 1, features)
        current = np.concatenate([current[:, 1:], following], axis=1)  # (samples, timesteps, features)
        steps.append(following)
    return np.concatenate(steps, axis=1)  # (samples, horizon, features)


def walk_forward(num_rows: int, num_folds: int, test_rows: int, gap: int = 0) -> tuple[Parts, ...]:
    """Return folds that train on all rows up to a border and test on those after it, walking to the end.

    Args:
        num_rows: rows of the series.
        num_folds: number of folds.
        test_rows: rows of the test part of each fold.
        gap: rows left out between training and test.

    Raises:
        ProblemError: when the first fold would have no training row.

    >>> [(fold.train.stop, fold.test.stop) for fold in walk_forward(10, num_folds=2, test_rows=3)]
    [(4, 7), (7, 10)]
    """
    whole_number("num_folds", num_folds, at_least=1)
    whole_number("test_rows", test_rows, at_least=1)
    first = num_rows - num_folds * test_rows
    if first - gap < 1:
        raise ProblemError(
            f"{num_folds} folds of {test_rows} test rows and a gap of {gap} need more than "
            f"{num_folds * test_rows + gap} rows, but there are {num_rows}. Use fewer folds or fewer test rows."
        )
    return tuple(_fold(first + fold * test_rows, test_rows, gap) for fold in range(num_folds))


def _fold(start: int, test_rows: int, gap: int) -> Parts:
    stop = start - gap
    return Parts(
        Part("train", 0, stop), Part("validation", stop, stop), Part("test", start, start + test_rows)
    )
