"""Change a series only as asked, and count every change."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from lstm_course.data.errors import DataError, unknown
from lstm_course.data.gaps import MAX_GRID, grid_of
from lstm_course.data.series import Series

Absent = Literal["keep", "insert"]
Missing = Literal["keep", "interpolate", "forward", "zero", "drop-rows"]


@dataclass(frozen=True)
class CleaningReport:
    """What cleaning changed, in numbers."""

    rows_before: int  # rows before
    rows_after: int  # rows after
    rows_inserted: int  # absent time stamps that became rows without values
    rows_dropped: int  # rows that were left out because a value was missing
    beyond_limits: Mapping[str, int] = field(
        hash=False
    )  # values outside their limits, now missing, by column
    filled: Mapping[str, int] = field(hash=False)  # missing values that got a value, by column
    still_missing: Mapping[str, int] = field(hash=False)  # missing values that stay, by column

    def sentences(self, columns: Collection[str] | None = None) -> tuple[str, ...]:
        """Return what happened, one sentence for each change; what stays missing only for `columns`."""
        said = []
        if self.rows_inserted:
            said.append(f"{self.rows_inserted:,} absent rows were inserted without values.")
        if self.rows_dropped:
            said.append(f"{self.rows_dropped:,} rows were left out because a value was missing.")
        said += [f"{name}: {n:,} outside the limits, now missing." for name, n in self.beyond_limits.items()]
        said += [f"{name}: {n:,} missing values were filled." for name, n in self.filled.items()]
        missing = {name: n for name, n in self.still_missing.items() if columns is None or name in columns}
        said += [f"{name}: {n:,} values are missing." for name, n in missing.items()]
        return tuple(said)


def clean(
    series: Series,
    absent: Absent = "keep",
    missing: Missing = "keep",
    limits: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[Series, CleaningReport]:
    """Apply limits, then insert absent rows, then deal with missing values: nothing unless asked for.

    Args:
        series: the series as it was read; it stays as it is.
        absent: "insert" gives each absent time stamp a row without values.
        missing: "interpolate" draws a straight line in time between the known neighbours, which looks
            ahead; "forward" repeats the last known value; "zero" writes 0; "drop-rows" leaves out rows
            with any missing value, so that time jumps there. Before the first known value, and for
            "interpolate" after the last, nothing is known and values stay missing.
        limits: column to (low, high); values outside become missing.

    Returns:
        The series, changed as asked, and the report.

    Raises:
        DataError: when a choice or a column does not exist, or there is no regular grid to insert into.

    >>> frame = pd.DataFrame({"wind": [4.0, 1048.0, 8.0]})
    >>> calm, report = clean(Series("mine", frame), missing="interpolate", limits={"wind": (0, 200)})
    >>> calm.frame["wind"].tolist(), report.beyond_limits
    ([4.0, 6.0, 8.0], {'wind': 1})
    """
    _check(absent, missing)
    frame = series.frame.copy(deep=False)  # pandas copies a column once it is written to, and no other
    beyond = {name: n for name, pair in (limits or {}).items() if (n := _limit(frame, series, name, pair))}
    if absent == "insert":
        frame = _insert(frame, series)
    inserted = len(frame) - series.num_rows
    unknown_before = frame.isna().sum()
    filled_frame = _fill(frame, series, missing)
    kept = filled_frame.dropna() if missing == "drop-rows" else filled_frame
    left = kept.isna().sum()
    filled = {} if missing == "drop-rows" else _positive(unknown_before - left)
    report = CleaningReport(
        series.num_rows, len(kept), inserted, len(filled_frame) - len(kept), beyond, filled, _positive(left)
    )
    return dataclasses.replace(series, frame=kept), report


def _check(absent: str, missing: str) -> None:
    if absent not in ("keep", "insert"):
        raise unknown("choice for absent rows", absent, ("keep", "insert"))
    choices = ("keep", "interpolate", "forward", "zero", "drop-rows")
    if missing not in choices:
        raise unknown("choice for missing values", missing, choices)


def _limit(frame: pd.DataFrame, series: Series, name: str, pair: tuple[float, float]) -> int:
    low, high = pair
    if not low <= high:
        raise DataError(
            f"The limits of {name!r} are {low} and {high}; the first must not be above the second."
        )
    values = series.values([name])[:, 0]
    outside = (values < low) | (values > high)
    frame.loc[outside, name] = np.nan
    return int(outside.sum())


def _insert(frame: pd.DataFrame, series: Series) -> pd.DataFrame:
    times = series.times
    if times is None or series.frequency is None:
        raise DataError(
            "Absent rows cannot be inserted: the rows have no time with a regular step. Use absent='keep'."
        )
    if times.has_duplicates:
        raise DataError(
            f"{int(times.duplicated().sum())} time stamps occur more than once, so absent rows cannot be inserted. "
            "If the file holds several series, keep one of them."
        )
    grid = grid_of(series)
    if grid is None and len(times) > 1:
        raise DataError(
            f"From {times[0]} to {times[-1]} there are more than {MAX_GRID:,} steps of {series.frequency}; "
            "so many rows are not made. Is a time stamp wrong?"
        )
    return frame if grid is None else frame.reindex(grid)


def _fill(frame: pd.DataFrame, series: Series, missing: Missing) -> pd.DataFrame:
    numbers = list(series.numeric_columns)
    if missing == "forward":
        return frame.ffill()
    if missing == "zero":
        frame[numbers] = frame[numbers].fillna(0.0)
    if missing == "interpolate" and numbers:
        method: Literal["time", "linear"] = "time" if series.times is not None else "linear"
        frame[numbers] = frame[numbers].interpolate(method=method, limit_area="inside")
    return frame


def _positive(counts: pd.Series) -> dict[str, int]:
    return {str(name): int(n) for name, n in counts.items() if n > 0}
