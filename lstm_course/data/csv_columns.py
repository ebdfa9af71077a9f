"""From columns of text to numbers, times and classes."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

from lstm_course.data.csv_text import Layout
from lstm_course.data.errors import DataError, unknown

TIME_NAMES = ("time", "date", "datetime", "timestamp", "month", "day", "year", "week", "ds", "datum", "zeit")
MISSING_WORDS = ("", "na", "n/a", "nan", "null", "none", "-", "--", "?", ".", "#n/a", "missing")
MAX_CLASSES = 50
_CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
_DAYS = (
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%y",
    "%m/%d/%y",
)
_FORMATS = (
    *(day + clock for day in _DAYS for clock in _CLOCKS),
    "%b %Y", "%B %Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%m/%Y", "%Y%m%d",
)  # fmt: skip


def to_numbers(cells: pd.Series, layout: Layout) -> pd.Series:
    """Return text as float64; what is no finite number becomes NaN.

    >>> to_numbers(pd.Series(["1.234,5", "NA"]), Layout(";", True, ",", ".")).tolist()
    [1234.5, nan]
    """
    text = cells.str.replace("[\\s'\u00a0\u202f]", "", regex=True)
    if layout.thousands:
        text = text.str.replace(layout.thousands, "", regex=False)
    if layout.decimal == ",":
        text = text.str.replace(",", ".", regex=False)
    numbers = pd.to_numeric(text, errors="coerce").astype(np.float64)
    return numbers.where(np.isfinite(numbers))


def is_missing(cells: pd.Series) -> pd.Series:
    """Return which cells are empty or say that a value is missing."""
    return cells.isna() | cells.str.strip().str.lower().isin(MISSING_WORDS)


def find_time(cells: dict[str, pd.Series], time: str | None) -> tuple[str | None, pd.Series | None, str]:
    """Find the column that holds the time of each row.

    Returns:
        Name of the column, its times (NaT where a cell is none) and a sentence on how they were read;
        None, None and a sentence when there is no such column.

    Raises:
        DataError: when the column that was named does not exist or holds no times.
    """
    if time is not None:
        if time not in cells:
            raise unknown("column", time, cells)
        times, how = to_times(cells[time], named=True)
        if times is None:
            example = cells[time].iloc[0]
            raise DataError(
                f"The column {time!r} holds no times that are understood, such as {example!r}; "
                "write them as 2024-01-31 or 2024-01-31 18:30."
            )
        return time, times, f"{time!r} is the time, read as {how}."
    for name in sorted(cells, key=lambda name: not _sounds_like_time(name)):
        times, how = to_times(cells[name], named=_sounds_like_time(name))
        if times is not None:
            return name, times, f"{name!r} was taken as the time, read as {how}."
    return None, None, "No column of times was found, so the rows are only numbered."


def _sounds_like_time(name: str) -> bool:
    return any(word in TIME_NAMES for word in re.split(r"[^a-z]+", name.lower()))


def to_times(cells: pd.Series, named: bool) -> tuple[pd.Series | None, str]:
    """Return text as times without a zone, and how it was read; None when it holds no times.

    Whole numbers are years or seconds since 1970 only in a column whose name says so, because they are
    usually values. Where day and month could change places, the reading with the steadier step wins.

    >>> times, how = to_times(pd.Series(["01/02/2020", "01/03/2020", "01/04/2020"]), named=True)
    >>> how, str(times[1].date())
    ('%d/%m/%Y (%m/%d/%Y would fit too)', '2020-03-01')
    """
    missing = is_missing(cells)
    text = cells.str.strip().mask(missing)
    known = text.dropna()
    if known.empty:
        return None, ""
    if known.str.fullmatch(r"[+-]?\d+(\.\d+)?").mean() > 0.9:
        return _numeric_times(text) if named else (None, "")
    if not known.iloc[:50].str.contains(r"\d").all():
        return None, ""
    read = [
        (form, parsed)
        for form in ("ISO8601", *_FORMATS)
        if (parsed := _parsed(text, known, form)) is not None
    ]
    if not read:
        return None, ""
    form, times = min(read, key=lambda pair: _unsteadiness(pair[1]))
    how = "ISO 8601" if form == "ISO8601" else form
    other = f" ({', '.join(name for name, _ in read if name != form)} would fit too)" if len(read) > 1 else ""
    if form == "ISO8601" and known.str.contains(r"\d(?:Z|[+-]\d\d:?\d\d)$").any():
        how += ", converted to UTC"
    return times, how + other


def _parsed(text: pd.Series, known: pd.Series, form: str) -> pd.Series | None:
    sample = pd.to_datetime(known.iloc[:200], format=form, errors="coerce", utc=True)
    if sample.isna().mean() > 0.05:
        return None
    times = pd.to_datetime(text, format=form, errors="coerce", utc=True).dt.tz_localize(None)
    return times if times.notna().sum() >= 0.9 * len(known) else None


def _unsteadiness(times: pd.Series) -> tuple[int, int, float]:
    steps = times.diff().dropna()
    index = pd.DatetimeIndex(times.dropna())
    frequency = find_frequency(index)
    absent = len(pd.date_range(index[0], index[-1], freq=frequency)) / len(index) if frequency else math.inf
    return int(times.isna().sum()), int((steps <= pd.Timedelta(0)).sum()), absent


def _numeric_times(text: pd.Series) -> tuple[pd.Series | None, str]:
    numbers = pd.to_numeric(text, errors="coerce")
    low, high = float(numbers.min()), float(numbers.max())
    if low >= 1000 and high <= 2500 and bool((numbers.dropna() % 1 == 0).all()):
        return pd.to_datetime(numbers.astype("Int64").astype("string"), format="%Y", errors="coerce"), "years"
    if low >= 19_000_101 and high <= 25_001_231:
        times = pd.to_datetime(numbers.astype("Int64").astype("string"), format="%Y%m%d", errors="coerce")
        return (times, "%Y%m%d") if times.notna().mean() > 0.9 else (None, "")
    for unit, scale in (("s", 1), ("ms", 1000)):
        if 1e8 * scale <= low and high <= 1e10 * scale:
            return pd.to_datetime(numbers, unit=unit), f"{unit} since 1970, UTC"  # type: ignore[call-overload]
    return None, ""


def find_frequency(times: pd.DatetimeIndex) -> str | None:
    """Return the step from row to row as a pandas alias; None when it is not regular.

    A step counts when all time stamps lie on its grid and most neighbours are one step apart.

    >>> find_frequency(pd.DatetimeIndex(["2020-01-01", "2020-02-01", "2020-04-01", "2020-05-01"]))
    'MS'
    """
    if len(times) < 2 or times.has_duplicates or not times.is_monotonic_increasing:
        return None
    steps = pd.Series(np.diff(times.to_numpy()))
    usual = pd.Timedelta(steps.mode().iloc[0])
    for alias in (*_calendar_aliases(times, usual), _alias(usual)):
        size = (times[-1] - times[0]) / usual
        if size > 20_000_000:
            continue  # one wrong time stamp far away would make a grid of billions
        places = pd.date_range(times[0], times[-1], freq=alias).get_indexer(times)
        if places.min() >= 0 and np.mean(np.diff(places) == 1) >= 0.5:
            return str(alias)
    return None


def _alias(step: pd.Timedelta) -> str:
    days = step / pd.Timedelta(days=1)
    if days == int(days):
        return f"{int(days)}D" if days > 1 else "D"
    return str(pd.tseries.frequencies.to_offset(step).freqstr)


def _calendar_aliases(times: pd.DatetimeIndex, usual: pd.Timedelta) -> tuple[str, ...]:
    if usual >= pd.Timedelta(days=360):
        return ("YS", "YE")
    if usual >= pd.Timedelta(days=80):
        return ("QS", "QE")
    if usual >= pd.Timedelta(days=28):
        return ("MS", "ME")
    if usual == pd.Timedelta(days=7):
        return (f"W-{times[0].strftime('%a').upper()}",)
    weekdays_only = usual == pd.Timedelta(days=1) and len(times) > 10 and bool((times.day_of_week < 5).all())
    return ("B",) if weekdays_only else ()
