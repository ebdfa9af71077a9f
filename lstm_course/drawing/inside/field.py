"""A field of values, units up and timesteps across, however many there are: folded, coloured, readable."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any

import numpy as np
import svg
from numpy.typing import NDArray

from lstm_course.drawing.elements import LABEL, SMALL, VALUE, Drawing
from lstm_course.drawing.inside.chosen import time_label
from lstm_course.drawing.inside.live import NUM_LEVELS
from lstm_course.drawing.inside.series import write
from lstm_course.drawing.values import number

MAX_COLUMNS = 96
NARROWEST_COLUMN = 3.5
MOST_NUMBERS = 150
_STEP_WIDTH = 8.0  # pixels of one step of the legend


@dataclass(frozen=True, eq=False)
class Field:
    """Values folded to what a drawing can show."""

    name: str  # its key in the player's data: "h", "c", "x", "h backward"
    quantity: str  # name of the quantity in the Step
    values: NDArray[np.floating]  # (rows, columns)
    rows: tuple[int, ...]  # unit or feature of each row
    per: int  # timesteps in one column; a column shows their mean
    timesteps: int  # timesteps altogether
    row_axis: str  # "units" or "features"

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self.values.shape[1])

    @property
    def limit(self) -> float:
        """Greatest size of a value: the strongest colour."""
        known = np.abs(self.values[np.isfinite(self.values)])
        return float(known.max()) if known.size and known.max() > 0 else 1.0

    def data(self) -> dict[str, Any]:
        """Give the field to the player: every value that is drawn, packed."""
        written = write(self.values.ravel())
        return {
            "quantity": self.quantity, "rowName": self.row_axis.removesuffix("s"), "units": list(self.rows),
            "columns": self.columns, "per": self.per, "timesteps": self.timesteps, **written.packed(),
        }  # fmt: skip


def fold(values: NDArray[np.floating], width: float) -> tuple[NDArray[np.floating], int]:
    """Fold (timesteps, rows) to (rows, columns) that `width` pixels can show; a column is the mean of its timesteps.

    Returns:
        The columns, and how many timesteps there are in each.

    >>> columns, per = fold(np.arange(8.0)[:, None], width=14)
    >>> columns.tolist(), per
    ([[0.5, 2.5, 4.5, 6.5]], 2)
    """
    timesteps = len(values)
    most = max(1, min(MAX_COLUMNS, int(width // NARROWEST_COLUMN)))
    per = ceil(timesteps / most)
    if per == 1:
        return values.T, 1
    starts = np.arange(0, timesteps, per)
    sums = np.add.reduceat(values, starts, axis=0)  # (columns, rows)
    counts = np.diff(np.append(starts, timesteps))
    return (sums / counts[:, None]).T, per


def liveliest(values: NDArray[np.floating], most: int, always: int) -> tuple[int, ...]:
    """Choose the units that change most over time, in their own order; `always` is among them.

    >>> liveliest(np.array([[0.0, 0.0, 5.0], [9.0, 1.0, 5.0]]), most=2, always=2)
    (0, 2)
    """
    units = values.shape[1]
    if units <= most:
        return tuple(range(units))
    change = np.nan_to_num(values.std(axis=0))
    change[always] = np.inf
    return tuple(sorted(int(unit) for unit in np.argsort(-change, kind="stable")[:most]))


def draw_field(
    drawing: Drawing,
    field: Field,
    x: float,
    y: float,
    width: float,
    row_height: float,
    chosen: int | None,
    label: str,
) -> float:
    """Draw a field with its upper left corner at (x, y), and give its height."""
    across, height = width / field.columns, row_height * len(field.rows)
    place = [svg.Translate(round(x, 2), round(y, 2)), svg.Scale(round(across, 4), round(row_height, 3))]
    paths: list[svg.Element] = [_path(runs, f"lc-run-{level}") for level, runs in _levels(field).items()]
    has_numbers = across >= 40 and row_height >= 15 and field.values.size <= MOST_NUMBERS
    minus = _runs((_steps(field) < 0).astype(int), 1)
    if minus and not has_numbers:
        paths.append(_path(minus, "lc-minus"))
    drawing.elements.append(svg.G(elements=paths, transform=place, class_=["lc-field"]))
    if has_numbers:
        _numbers(drawing, field, x, y, across, row_height)
    _names(drawing, field, x - 8, y, row_height, chosen)
    if chosen in field.rows and field.row_axis == "units":
        drawing.rect(
            x, y + row_height * field.rows.index(chosen), width, row_height, stroke="units", thick=1.6
        )
    drawing.rect(x, y, width, height, stroke="line")
    _sense(drawing, field, x, y, width, height, label)
    return height


def draw_legend(drawing: Drawing, field: Field, right: float, y: float, room: float) -> None:
    """Say what the colours of a field stand for, in a strip that ends at `right`, where there is room for it."""
    ends = (short(-field.limit), short(field.limit))
    strip = _STEP_WIDTH * (2 * NUM_LEVELS + 1)
    widths = [SMALL.width(text) + 5 for text in ends]
    if strip + sum(widths) > room:
        return
    x = right - widths[1] - strip
    for level in range(-NUM_LEVELS, NUM_LEVELS + 1):
        left = x + (level + NUM_LEVELS) * _STEP_WIDTH
        drawing.rect(left, y - 9, _STEP_WIDTH, 10, classes=[f"lc-level-{level}"])
    drawing.path(f"M{x:.1f} {y - 4:.1f}h{_STEP_WIDTH * NUM_LEVELS:.1f}", stroke="ink", thick=0.6)
    drawing.rect(x, y - 9, strip, 10, stroke="line")
    drawing.text(x - 5, y, ends[0], SMALL, "muted", anchor="end")
    drawing.text(right, y, ends[1], SMALL, "muted", anchor="end")


def _path(commands: str, name: str) -> svg.Path:
    return svg.Path(d=commands, class_=[name])  # type: ignore[arg-type]  # the package takes text as well


def _levels(field: Field) -> dict[int, str]:
    levels = _steps(field)
    drawn = {level: _runs(levels, level) for level in range(-NUM_LEVELS, NUM_LEVELS + 1)}
    return {level: runs for level, runs in drawn.items() if runs}


def _steps(field: Field) -> NDArray[np.int_]:
    share = np.nan_to_num(field.values / field.limit)
    return np.asarray(np.clip(np.round(share * NUM_LEVELS), -NUM_LEVELS, NUM_LEVELS), dtype=np.int_)


def _runs(levels: NDArray[np.int_], level: int) -> str:
    """Write the runs of one level as one path of horizontal strokes, each a cell high."""
    hits = np.pad((levels == level).astype(np.int8), ((0, 0), (1, 1)))
    edges = np.diff(hits, axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, stops = np.nonzero(edges == -1)
    commands: list[str] = []
    x = y = 0
    for row, start, stop in zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True):
        move = f"M{start} {row}.5" if not commands else f"m{start - x} {row - y}"
        commands.append(f"{move}h{stop - start}")
        x, y = stop, row
    return "".join(commands)


def _numbers(drawing: Drawing, field: Field, x: float, y: float, across: float, row_height: float) -> None:
    for row, values in enumerate(field.values):
        for column, value in enumerate(values):
            drawing.text(x + across * (column + 0.5), y + row_height * (row + 0.5) + 3.5, short(value), VALUE,
                         anchor="middle")  # fmt: skip


def short(value: float | np.floating) -> str:
    """Write a value in at most five characters, also one that is no number.

    >>> short(0.123), short(float("nan"))
    ('+0.12', 'NaN')
    """
    return number(float(value)) if np.isfinite(value) else "NaN"


def _names(drawing: Drawing, field: Field, x: float, y: float, row_height: float, chosen: int | None) -> None:
    every = max(1, ceil(12 / row_height))
    written = range(0, len(field.rows), every)
    marked = field.rows.index(chosen) if chosen in field.rows and field.row_axis == "units" else None
    for row in written:
        if marked is not None and row != marked and abs(row - marked) * row_height < 12:
            continue
        if row != marked:
            drawing.text(
                x, y + row_height * (row + 0.5) + 4, str(field.rows[row]), SMALL, field.row_axis, anchor="end"
            )
    if marked is not None:
        drawing.text(x, y + row_height * (marked + 0.5) + 4, str(chosen), LABEL, "units", anchor="end")


def _sense(
    drawing: Drawing, field: Field, x: float, y: float, width: float, height: float, label: str
) -> None:
    """Lay a transparent field on top, for the pointer and the keyboard."""
    drawing.elements.append(
        svg.Rect(
            x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(height, 1),
            class_=["lc-heat"], tabindex=0,
            data={"heat": field.name, "depth": "cell" if field.row_axis == "units" else "layer"},
            extra={"role": "application", "aria-roledescription": "field of values",
                   "aria-label": escape(f"{label}. Arrow keys move, Enter looks inside.")},
        )
    )  # fmt: skip


def draw_times(drawing: Drawing, field: Field, x: float, y: float, width: float) -> None:
    """Write the timesteps below a field, as many as fit."""
    across = width / field.columns
    room = LABEL.width(time_label(field.timesteps - 1)) + 10
    every = max(1, ceil(room / across))
    shown = [*range(0, field.columns, every)]
    end = field.columns - 1
    while len(shown) > 1 and (end - shown[-1]) * across < room and shown[-1] != end:
        shown.pop()
    for column in dict.fromkeys([*shown, end]):
        timestep = field.timesteps - 1 if column == end else column * field.per
        drawing.text(x + across * (column + 0.5), y, time_label(timestep), LABEL, "timesteps", "middle",
                     {"axis": "timesteps"})  # fmt: skip
