"""Tables that hold several series one below the other, and windows that run from one into the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_course.doctor.relations import Array, numeric

MAX_ROWS, MAX_TABLES, MAX_BORDERS = 50_000, 30, 12
IDENTITIES = re.compile(
    r"(^|_)(id|ids|unit|engine|machine|station|sensor|device|store|shop|item|sku|ticker|symbol|stock|user|subject|"
    r"patient|customer|household|person|group|series|city|country|region|site|plant|vehicle|run|trial|episode|session)"
    r"(_?(id|no|nr|number|name))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grouped:
    """A table in which one column says to which series a row belongs."""

    name: str  # the table's name
    line: int  # line of the program
    key: str  # the column that tells the series apart
    groups: Array  # number of the series of each row, (rows,)
    columns: tuple[Array, ...]  # its columns of numbers, each (rows,)


def grouped(name: str, line: int, table: Any) -> Grouped | None:
    """Take the series of a pandas table apart by a column named as identities are; None where there is none."""
    if not type(table).__module__.startswith("pandas") or not hasattr(table, "columns"):
        return None
    if not 16 <= len(table) <= MAX_ROWS or table.columns.has_duplicates or len(table.columns) > 60:
        return None
    for key in table.columns:
        values = np.asarray(table[key])
        if not IDENTITIES.search(str(key)) or values.dtype.kind == "f":
            continue
        groups = np.unique(values.astype(str), return_inverse=True)[1]
        if 2 <= groups.max() + 1 <= len(table) // 4:
            numbers = tuple(
                table[one].to_numpy()
                for one in table.columns
                if one != key and table[one].dtype.kind in "fiu"
            )
            return Grouped(name, line, str(key), groups, numbers)
    return None


def across_groups(tables: Sequence[Grouped], x: Any) -> str:
    """Say where windows hold rows of two series; empty where none does.

    >>> rows = np.random.default_rng(0).normal(size=80)
    >>> table = Grouped("t", 3, "machine", np.repeat([0, 1], 40), (rows,))
    >>> cut = np.lib.stride_tricks.sliding_window_view
    >>> across_groups([table], cut(rows, 6)[:, :, None])[:48]
    't (line 3) holds 2 series, told apart by machine'
    >>> across_groups([table], np.concatenate([cut(rows[:40], 6), cut(rows[40:], 6)])[:, :, None])
    ''
    """
    windows = numeric(x) if tables else None
    if windows is None or windows.ndim not in (2, 3) or windows.shape[1] < 5 or len(windows) < 8:
        return ""
    deep = windows.reshape(*windows.shape[:2], -1).astype(float)
    for table in tables:
        borders = np.flatnonzero(np.diff(table.groups)) + 1
        some = borders[:: max(1, len(borders) // MAX_BORDERS)]
        crossed = [
            int(row) for row in some if any(_crosses(deep, column, int(row)) for column in table.columns)
        ]
        if len(crossed) >= max(1, len(some) // 2):
            return (
                f"{table.name} (line {table.line}) holds {table.groups.max() + 1} series, told apart by {table.key}; "
                f"at row {crossed[0]} one ends and another begins, and windows of X hold rows from both sides."
            )
    return ""


def _crosses(windows: Array, column: Array, border: int) -> bool:
    """Whether a window holds the rows on both sides of a border, on whatever scale."""
    steps = windows.shape[1]
    if column.dtype.kind not in "fiu" or not np.isfinite(column.astype(float)).all():
        return False
    for back in range(2, steps - 1):
        rows = column[max(border - back, 0) : border - back + steps].astype(float)
        if len(rows) == steps and len(np.unique(rows)) > 3 and _among(windows, rows):
            return True
    return False


def _among(windows: Array, rows: Array) -> bool:
    own = rows - rows.mean()
    for feature in range(min(windows.shape[2], 16)):
        parts = windows[:, :, feature]
        centred = parts - parts.mean(axis=1, keepdims=True)
        with np.errstate(all="ignore"):
            like = (centred @ own) / np.sqrt((centred**2).sum(axis=1) * (own**2).sum())
        if bool((like > 1 - 1e-9).any()):
            return True
    return False
