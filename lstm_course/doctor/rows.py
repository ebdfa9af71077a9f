"""The order of a table's rows, as its dates tell it, against the order in which windows were cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.arrays import MAX_SAMPLES, overlap
from lstm_course.doctor.relations import FEW, numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
MAX_ROWS, MAX_TABLES = 200_000, 60
MAX_STARTS = 2_000  # rows at which a series may begin in a column


@dataclass(frozen=True)
class Dated:
    """A table at the moment at which it got its name, with the dates of its rows."""

    name: str  # the name
    line: int  # line of the program
    columns: tuple[Array, ...]  # its columns of numbers, each (rows,)
    dates: Array  # moments of the rows, as whole numbers


def dated(name: str, line: int, table: Any) -> Dated | None:
    """Take the dates and the numbers out of a pandas table or series; None where there are no dates."""
    if (
        not type(table).__module__.startswith("pandas")
        or not hasattr(table, "to_numpy")
        or not 8 <= len(table) <= MAX_ROWS
    ):
        return None
    frame = hasattr(table, "columns")
    if not hasattr(table, "index") or (frame and (table.columns.has_duplicates or len(table.columns) > 200)):
        return None
    columns = [table[key] for key in table.columns] if frame else [table]
    moments = [one for part in (table.index, *columns) if (one := _moments(part)) is not None]
    shuffled = _numbered(table.index) if not moments else None
    moments += [shuffled] if shuffled is not None else []
    numbers = [one.to_numpy() for one in columns if one.dtype.kind in "fiu"]
    return Dated(name, line, tuple(numbers), moments[0]) if moments and numbers else None


def _moments(part: Any) -> Array | None:
    values = np.asarray(part)
    if values.dtype.kind == "M":
        return None if np.isnat(values).any() else values.astype("int64")
    first = values[0] if len(values) else None
    if isinstance(first, str) and DAY_FIRST.fullmatch(first):
        return _written_day_first(values)
    if not isinstance(first, str) or len(first) < 8 or not (first[:4].isdigit() and first[4] in "-/"):
        return None
    try:
        return np.array([text.replace("/", "-")[:19] for text in values], dtype="datetime64[s]").astype(
            "int64"
        )
    except (ValueError, TypeError, AttributeError):
        return None


DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: .*)?")


def _written_day_first(values: Array) -> Array | None:
    """Read dates such as 31.12.2020, or 12/31/2020: the part that goes beyond 12 is the day."""
    parts = [
        match.groups() for text in values if isinstance(text, str) and (match := DAY_FIRST.fullmatch(text))
    ]
    if len(parts) < len(values):
        return None
    one, two, year = np.array(parts, dtype=np.int64).T
    day, month = (two, one) if two.max() > 12 else (one, two)
    if month.max() > 12 or (one.max() <= 12 and two.max() <= 12):
        return None  # which is which cannot be told
    moments: Array = (year * 12 + month) * 31 + day
    return moments


def _numbered(index: Any) -> Array | None:
    """Take the numbers of rows that were brought into another order; None where they stand as they were read."""
    values = np.asarray(index)
    whole = values.dtype.kind in "iu" and len(values) > 1 and len(np.unique(values)) == len(values)
    return values if whole and (np.diff(values) < 0).any() else None


def order_of_rows(tables: Sequence[Dated], x: Any) -> str:
    """Say where the windows of x follow rows whose dates fall instead of rising; empty where they do not.

    >>> close = np.arange(40.0) ** 1.3
    >>> table = Dated("t", 3, (close[::-1],), np.arange(40)[::-1])
    >>> x = np.lib.stride_tricks.sliding_window_view(close[::-1], 5)[:, :, None]
    >>> order_of_rows([table], x)[:40], order_of_rows([table], x[::-1, ::-1])
    ('t (line 3, 40 rows) has its newest row f', '')
    """
    for series, stride in windows_of(x) if tables else []:
        for table in tables:
            if any(follows(column, series, stride) is not None for column in table.columns):
                sentence = _direction(table)
                if sentence:
                    return sentence
    return ""


def _direction(table: Dated) -> str:
    steps = np.diff(table.dates)
    back, count = int((steps < 0).sum()), len(table.dates)
    if not back or len(np.unique(table.dates)) < 0.5 * count:
        return ""  # several series with the same dates
    where = f"{table.name} (line {table.line}, {count:,} rows)"
    if back > 0.9 * len(steps):
        return f"{where} has its newest row first: its dates fall from row to row."
    if back > 0.05 * len(steps):
        return f"{where} is not in the order of time: its dates go back at {back:,} of {len(steps):,} steps."
    return ""


def windows_of(x: Any) -> list[tuple[Array, int]]:
    """Give each column that windows were cut of, and the stride; empty where x holds no overlapping windows."""
    windows = numeric(x)
    if windows is None or windows.ndim not in (2, 3) or len(windows) < FEW:
        return []
    some = windows[:MAX_SAMPLES].astype(float)
    stride = overlap(some)
    deep = some.reshape(*some.shape[:2], -1)
    return [(deep[:120, 0, index], stride) for index in range(min(deep.shape[2], 16)) if stride]


def follows(column: Array, series: Array, stride: int) -> int | None:
    """Give the row at which a column begins to run as a series does, up to scale and shift; None where it never does.

    >>> follows(np.arange(30.0) ** 2, 3 + 5 * np.arange(4.0, 24.0) ** 2, 1)
    4
    """
    span = (len(series) - 1) * stride + 1
    if span > len(column) or len(np.unique(series)) < FEW or column.dtype.kind not in "fiu":
        return None
    column = column.astype(float)
    parts = np.lib.stride_tricks.sliding_window_view(column, span)[:MAX_STARTS, ::stride]
    with np.errstate(all="ignore"):
        centred = parts - parts.mean(axis=1, keepdims=True)
        own = series - series.mean()
        like = (centred @ own) / np.sqrt((centred**2).sum(axis=1) * (own**2).sum())
    same = np.flatnonzero(like > 1 - 1e-6)
    return int(same[0]) if len(same) else None


def rows_twice(tables: Sequence[Dated]) -> Told | None:
    """Say that a table holds rows twice, with the same date and the same numbers.

    >>> days, values = np.arange(40), np.arange(40.0) ** 1.3
    >>> twice = np.sort(np.concatenate([days, days[:20]]))
    >>> rows_twice([Dated("t", 3, (values[twice],), twice)]).kind, rows_twice([Dated("t", 3, (values,), days)])
    ('rows-twice', None)
    """
    for table in tables:
        order = np.argsort(table.dates, kind="stable")
        dates = table.dates[order]
        again = dates[1:] == dates[:-1]
        for column in table.columns:
            values = column[order]
            again = again & (values[1:] == values[:-1])
        share = float(again.mean())
        if share > 0.05 and len(np.unique(dates)) > FEW:
            return Told("rows-twice", table.line, (
                f"{table.name} (line {{line}}, {len(dates):,} rows) holds {int(again.sum()):,} rows a second time, "
                "with "
                "the same date and the same numbers: windows stand still there, and the forecast of the next row is "
                "the row itself."
            ))  # fmt: skip
    return None
