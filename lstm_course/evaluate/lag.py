"""Is the forecast only the input, some steps late?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.evaluate.metrics import rmse
from lstm_course.problems import ProblemError

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Lag:
    """How well the forecast fits the truth when it is moved back by 0, 1, 2 … rows."""

    errors: tuple[float, ...]  # RMSE for each shift, in the unit of the values; NaN where no pair is left
    best: int  # the shift with the least error
    gain: float  # how much smaller that error is than without a shift, from 0 to 1

    @property
    def is_late(self) -> bool:
        """Whether moving the forecast back makes it clearly better, by a tenth or more."""
        return self.best > 0 and self.gain >= 0.1

    def sentence(self) -> str:
        """Say what the shifts show."""
        if not self.is_late:
            return "The forecast fits best where it stands: it is not the input repeated late."
        rows = "1 row" if self.best == 1 else f"{self.best} rows"
        return (
            f"Moved back by {rows}, the forecast fits {self.gain:.0%} better: it mostly repeats what it was shown. "
            "Compare it with persistence before you trust the plot."
        )


def find_lag(truth: Array, forecast: Array, max_lag: int = 10, rows: Array | None = None) -> Lag:
    """Compare the forecast with the truth at several shifts.

    A forecast that repeats the last value it was shown fits best one row earlier (for a horizon of one
    row), which a plot hides and this shows.

    Args:
        truth: true values of one label for each sample, (samples,).
        forecast: forecasts, (samples,).
        max_lag: greatest shift to try, in rows.
        rows: row of each label, (samples,); None: the samples follow each other row by row.

    Raises:
        ProblemError: when the shapes differ or there is no sample.

    >>> x = np.array([1.0, 5.0, 2.0, 8.0, 3.0, 9.0])
    >>> find_lag(x[1:], x[:-1], max_lag=2).best
    1
    """
    truth, forecast = np.asarray(truth, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if truth.ndim != 1 or truth.shape != forecast.shape or not len(truth):
        raise ProblemError(
            f"Expected truth and forecast of one label for each sample, (samples,); got {truth.shape} and "
            f"{forecast.shape}. Choose one step of the horizon, such as forecast[:, 0]."
        )
    places = np.arange(len(truth)) if rows is None else np.asarray(rows)
    errors = tuple(_error_at(truth, forecast, places, shift) for shift in range(max_lag + 1))
    known = [error if np.isfinite(error) else np.inf for error in errors]
    best = int(np.argmin(known))
    gain = 1 - known[best] / known[0] if np.isfinite(known[0]) and known[0] > 0 else 0.0
    return Lag(errors, best, float(gain))


def _error_at(truth: Array, forecast: Array, places: Array, shift: int) -> float:
    _, of_truth, of_forecast = np.intersect1d(places, places - shift, return_indices=True)
    pairs = np.isfinite(truth[of_truth]) & np.isfinite(forecast[of_forecast])
    if not pairs.any():
        return float("nan")
    return rmse(truth[of_truth][pairs], forecast[of_forecast][pairs])
