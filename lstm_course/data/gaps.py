"""Look for what is missing or odd in a series, and only report it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lstm_course.data.series import Floats, Series

MAX_SUSPICIOUS = 20  # of one column; more would be a property of the column, not odd values
MAX_GRID = 20_000_000  # time stamps of a regular grid; 160 MB
THRESHOLD = 20.0  # robust standard deviations; heavy rain reaches 15 without being wrong


@dataclass(frozen=True)
class Run:
    """Neighbouring rows without a value."""

    start: int  # first row without a value; for absent rows, the row after which they are missing
    length: int  # how many rows


@dataclass(frozen=True)
class Suspicious:
    """A value far from all others of its column."""

    column: str  # name of the column
    row: int  # number of the row
    when: str  # time of the row, or its number
    value: float  # the value, in original units
    score: float  # distance from the median in robust standard deviations


@dataclass(frozen=True)
class Gaps:
    """What is missing and what looks odd; nothing of it was changed."""

    absent: tuple[Run, ...]  # time stamps of the regular grid that have no row
    missing: Mapping[str, tuple[Run, ...]] = field(hash=False)  # rows without a value, by column
    suspicious: tuple[Suspicious, ...] = ()  # values far from all others, farthest first

    @property
    def num_absent(self) -> int:
        """Number of absent rows."""
        return sum(run.length for run in self.absent)

    def num_missing(self, column: str) -> int:
        """Number of rows in which a column has no value."""
        return sum(run.length for run in self.missing.get(column, ()))


def find_gaps(series: Series) -> Gaps:
    """Report absent rows, missing values and suspicious values of a series.

    >>> frame = pd.DataFrame({"x": [1.0, np.nan, np.nan, 4.0]})
    >>> find_gaps(Series("mine", frame)).missing["x"]
    (Run(start=1, length=2),)
    """
    missing = {name: runs(series.frame[name].isna().to_numpy()) for name in series.columns}
    found = [item for name in series.numeric_columns for item in _suspicious(series, name)]
    found.sort(key=lambda item: -item.score)
    return Gaps(_absent(series), {name: where for name, where in missing.items() if where}, tuple(found))


def runs(flags: npt.NDArray[np.bool_]) -> tuple[Run, ...]:
    """Return the runs of True.

    >>> runs(np.array([True, False, True, True]))
    (Run(start=0, length=1), Run(start=2, length=2))
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(flags, dtype=np.int8), [0]])))
    return tuple(Run(int(a), int(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def grid_of(series: Series) -> pd.DatetimeIndex | None:
    """Return the regular time stamps that the rows should have; None where there is no such grid.

    A grid of millions of rows counts as none: one wrong time stamp, such as the year 0216, makes one.
    """
    times = series.times
    if times is None or series.frequency is None or len(times) < 2:
        return None
    step = times[0] + pd.tseries.frequencies.to_offset(series.frequency) - times[0]
    if (times[-1] - times[0]) / step > MAX_GRID:
        return None
    return pd.date_range(times[0], times[-1], freq=series.frequency, name=times.name)


def _absent(series: Series) -> tuple[Run, ...]:
    grid, times = grid_of(series), series.times
    if grid is None or times is None:
        return ()
    steps = np.diff(grid.get_indexer(times))
    return tuple(Run(int(row), int(steps[row] - 1)) for row in np.flatnonzero(steps > 1))


def _suspicious(series: Series, column: str) -> list[Suspicious]:
    values = series.frame[column].to_numpy(dtype=np.float64)
    scores = robust_scores(values)
    rows = np.flatnonzero(scores > THRESHOLD)
    if len(rows) > MAX_SUSPICIOUS:
        return []
    index: Any = series.frame.index
    return [
        Suspicious(column, int(row), str(index[row]), float(values[row]), float(scores[row])) for row in rows
    ]


def robust_scores(values: Floats) -> Floats:
    """Return how far each value lies from the median, in robust standard deviations.

    The median absolute deviation, times 1.4826, stands for the standard deviation, because one wild
    value would blow up the latter; where more than half the values are equal, the mean absolute
    deviation stands in. NaN and constant columns score 0.

    Source: Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers.

    >>> robust_scores(np.array([1.0, 2.0, 3.0, 4.0, 103.0])).round(1).tolist()
    [1.3, 0.7, 0.0, 0.7, 67.4]
    """
    scores = np.zeros(len(values))
    known = np.isfinite(values)
    if not known.any():
        return scores
    distance = np.abs(values[known] - np.median(values[known]))
    spread = 1.4826 * float(np.median(distance)) or 1.2533 * float(np.mean(distance))
    if spread > 0:
        scores[known] = distance / spread
    return scores
