"""How far forecasts are from what came true, in original units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.problems import ProblemError

Array = npt.NDArray[Any]


def mae(truth: Array, forecast: Array) -> float:
    """Return the mean absolute error, in the unit of the values.

    >>> mae(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    1.0
    """
    truth, forecast = _pair(truth, forecast)
    return float(np.mean(np.abs(forecast - truth)))


def rmse(truth: Array, forecast: Array) -> float:
    """Return the root of the mean squared error, in the unit of the values; large errors weigh more.

    >>> rmse(np.array([0.0, 0.0]), np.array([3.0, 4.0])).__round__(3)
    3.536
    """
    truth, forecast = _pair(truth, forecast)
    return float(np.sqrt(np.mean((forecast - truth) ** 2)))


def mape(truth: Array, forecast: Array) -> float:
    """Return the mean absolute error in percent of the true value; NaN where a true value is 0.

    >>> mape(np.array([100.0, 200.0]), np.array([110.0, 180.0]))
    10.0
    """
    truth, forecast = _pair(truth, forecast)
    if (truth == 0).any():
        return float("nan")
    return float(100 * np.mean(np.abs((forecast - truth) / truth)))


def smape(truth: Array, forecast: Array) -> float:
    """Return the symmetric mean absolute percentage error, from 0 to 200.

    Source: M4 competition; 200 · |e| / (|truth| + |forecast|), 0 where both are 0.

    >>> smape(np.array([100.0, 0.0]), np.array([300.0, 0.0]))
    50.0
    """
    truth, forecast = _pair(truth, forecast)
    size = np.abs(truth) + np.abs(forecast)
    share = np.divide(np.abs(forecast - truth), size, out=np.zeros_like(size), where=size > 0)
    return float(200 * np.mean(share))


def mase(truth: Array, forecast: Array, scale: float) -> float:
    """Return the mean absolute error in multiples of a naive forecast's; below 1 is better than naive.

    Args:
        truth: true values.
        forecast: forecasts, same shape.
        scale: what `mase_scale` gives for the training rows.

    Source: Hyndman & Koehler (2006), Another look at measures of forecast accuracy.

    >>> mase(np.array([1.0, 2.0]), np.array([1.0, 4.0]), scale=2.0)
    0.5
    """
    return mae(truth, forecast) / scale if scale > 0 else float("nan")


def mase_scale(train_values: Array, season: int = 1) -> float:
    """Return the mean absolute step over one season in the training rows: the naive forecast's error.

    NaN when the rows hold no two values one season apart.

    >>> mase_scale(np.array([1.0, 3.0, 2.0]))
    1.5
    """
    values = np.asarray(train_values, dtype=np.float64)
    steps = np.abs(values[season:] - values[:-season])
    return float(np.nanmean(steps)) if np.isfinite(steps).any() else float("nan")


def r2(truth: Array, forecast: Array) -> float:
    """Return the share of the variance that the forecast explains; NaN when the truth never changes.

    >>> r2(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0]))
    0.0
    """
    truth, forecast = _pair(truth, forecast)
    spread = float(np.sum((truth - truth.mean()) ** 2))
    return 1 - float(np.sum((forecast - truth) ** 2)) / spread if spread > 0 else float("nan")


def accuracy(truth: Array, forecast: Array) -> float:
    """Return the share of right classes, from 0 to 1.

    >>> accuracy(np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2]))
    0.75
    """
    truth, forecast = _pair(truth, forecast)
    return float(np.mean(truth == forecast))


def confusion(truth: Array, forecast: Array, num_classes: int) -> npt.NDArray[np.int64]:
    """Return how often each class was taken for each: rows are the truth, columns the forecast.

    >>> confusion(np.array([0, 1, 1]), np.array([0, 1, 0]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    truth, forecast = _pair(truth, forecast)
    table = np.zeros((num_classes, num_classes), dtype=np.int64)
    np.add.at(table, (truth.astype(np.int64), forecast.astype(np.int64)), 1)
    return table


def _pair(truth: Array, forecast: Array) -> tuple[Array, Array]:
    truth, forecast = np.asarray(truth), np.asarray(forecast)
    if truth.shape != forecast.shape or truth.size == 0:
        raise ProblemError(
            f"Truth has shape {truth.shape} and forecast {forecast.shape}; both must have the same shape, and "
            "at least one entry. An error over shapes that only broadcast would count pairs that do not belong "
            "together."
        )
    return truth, forecast


def number_scores(
    truth: Array, forecast: Array, target_names: Sequence[str], scales: Sequence[float]
) -> dict[str, float]:
    """Return all errors of a forecast of numbers; entries without truth or forecast are left out.

    Args:
        truth: true values of shape (samples, ...), with several targets on the last axis.
        forecast: forecasts, same shape.
        target_names: names of the targets.
        scales: `mase_scale` of each target.

    Returns:
        mae, rmse, mape, smape, mase, r2 and num_scored for one target. For several, these with the
        target's name, such as "rmse temp_max", because their units do not add up, and the means of mase
        and r2, which have no unit. Empty when there is nothing to score.

    >>> number_scores(np.array([[1.0], [2.0]]), np.array([[1.0], [np.nan]]), ["x"], [1.0])["num_scored"]
    1.0
    """
    if len(target_names) == 1:
        return _scores(truth, forecast, scales[0])
    each = {
        name: _scores(truth[..., place], forecast[..., place], scales[place])
        for place, name in enumerate(target_names)
    }
    named = {f"{metric} {name}": value for name, row in each.items() for metric, value in row.items()}
    means = {
        metric: float(np.mean([row[metric] for row in each.values()]))
        for metric in ("mase", "r2")
        if all(metric in row for row in each.values())
    }
    return {**means, **named}


def _scores(truth: Array, forecast: Array, scale: float) -> dict[str, float]:
    known = np.isfinite(truth) & np.isfinite(forecast)
    if not known.any():
        return {}
    truth, forecast = truth[known], forecast[known]
    return {
        "mae": mae(truth, forecast),
        "rmse": rmse(truth, forecast),
        "mape": mape(truth, forecast),
        "smape": smape(truth, forecast),
        "mase": mase(truth, forecast, scale),
        "r2": r2(truth, forecast),
        "num_scored": float(truth.size),
    }


def class_scores(truth: Array, forecast: Array) -> Mapping[str, float]:
    """Return accuracy and num_scored of a forecast of classes; empty when there is nothing to score."""
    if len(truth) == 0:
        return {}
    return {"accuracy": accuracy(truth, forecast), "num_scored": float(len(truth))}
