"""Prediction intervals from what the forecast got wrong on rows it was not trained on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.series import Floats
from lstm_course.problems import ProblemError

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Intervals:
    """How far below and above a forecast the truth is expected, for each step ahead."""

    coverage: float  # share of true values that the interval is meant to hold
    below: Floats  # lower residual, usually negative, (horizon,) or as the labels
    above: Floats  # upper residual, (horizon,) or as the labels
    num_residuals: int  # how many residuals of each step it rests on

    def around(self, forecast: Array) -> tuple[Floats, Floats]:
        """Return the lower and the upper bound of forecasts of shape (samples, horizon, ...)."""
        values = np.asarray(forecast, dtype=np.float64)
        return values + self.below, values + self.above


def fit_intervals(truth: Array, forecast: Array, coverage: float = 0.8) -> Intervals:
    """Take the residuals of the validation part as what the errors to come will look like.

    Each step ahead has its own quantiles, because errors grow with the horizon. With n residuals the
    interval runs from the k-th least to the k-th greatest with k = floor((n + 1)(1 - coverage) / 2), so
    that it holds at least `coverage` of new values as long as these resemble the validation rows.

    Args:
        truth: true values of the validation part, (samples, horizon, ...), in original units.
        forecast: forecasts, same shape.
        coverage: share of true values to hold, between 0 and 1.

    Returns:
        The intervals, in original units.

    Raises:
        ProblemError: when the shapes differ or there are too few samples for the coverage.

    Source: split conformal prediction, Lei et al. (2018).

    >>> found = fit_intervals(np.arange(-9.0, 10.0)[:, None], np.zeros((19, 1)), coverage=0.9)
    >>> found.below.tolist(), found.above.tolist()
    ([-9.0], [9.0])
    """
    truth, forecast = np.asarray(truth, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if truth.shape != forecast.shape or truth.ndim < 1:
        raise ProblemError(
            f"Truth has shape {truth.shape} and forecast {forecast.shape}; they must be the same."
        )
    if not 0 < coverage < 1:
        raise ProblemError(f"coverage={coverage}: give a share between 0 and 1, such as 0.8.")
    residuals = truth - forecast
    residuals = residuals[np.isfinite(residuals).reshape(len(residuals), -1).all(axis=1)]
    num = len(residuals)
    rank = math.floor(round((num + 1) * (1 - coverage) / 2, 9))
    if rank < 1:
        needed = math.ceil(round(2 / (1 - coverage), 9)) - 1
        raise ProblemError(
            f"An interval for {coverage:.0%} needs at least {needed} validation samples, but there are {num}. "
            "Make the validation part longer or the coverage smaller."
        )
    ordered = np.sort(residuals, axis=0)
    return Intervals(coverage, ordered[rank - 1], ordered[num - rank], num)


def share_inside(truth: Array, low: Array, high: Array) -> float:
    """Return the share of true values that lie within their interval, from 0 to 1.

    >>> share_inside(np.array([1.0, 5.0]), np.array([0.0, 0.0]), np.array([2.0, 2.0]))
    0.5
    """
    return float(np.mean((truth >= low) & (truth <= high)))
