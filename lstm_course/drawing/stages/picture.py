"""What all pictures share: where data leave them, and how values and counts are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lstm_course.drawing.elements import (
    VALUE,
    Data,
    Drawing,
    Point,
    TextStyle,
    number,
    path_through,
    value_fill,
)
from lstm_course.drawing.layout import Columns, columns
from lstm_course.shapes.tensor import axis_name

_MANY = 1000  # stands for a number of timesteps that Keras leaves open


@dataclass
class Picture(Drawing):
    """A drawing in a card, with the places at which data enter and leave it."""

    enters: tuple[float, ...] = ()  # where arrows from below end; empty: in the middle
    exits: tuple[float, ...] = ()  # where arrows upwards begin; empty: in the middle
    state_enters: tuple[Point, ...] = ()  # where states of another layer come in, one for each
    state_exits: tuple[tuple[Point, ...], ...] = ()  # the way of each last state out, as far as it is its own


def counted(size: int, axis: str) -> str:
    """Write the size of an axis as people would.

    >>> counted(12, "timesteps"), counted(1, "units"), counted(24, "horizon"), counted(32, "batch")
    ('12 timesteps', '1 unit', 'horizon 24', 'batch of 32')
    """
    if size < 0:
        return f"any {axis}" if axis == "batch" else f"any number of {axis}"
    if axis == "horizon":
        return f"horizon {size:,}"
    if axis == "batch":
        return f"batch of {size:,}"
    return f"{size:,} {axis_name(size, axis)}"


def value_cell(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    height: float,
    value: float | None,
    *,
    stroke: str = "line",
    text: str | None = None,
    style: TextStyle = VALUE,
    data: Data | None = None,
) -> None:
    """Draw one number in a box whose hue is its sign and whose strength is its size."""
    if value is None:
        drawing.rect(x, y, width, height, fill="raised", stroke=stroke, radius=3, data=data)
    else:
        fill, strength = value_fill(value, 2.5)
        drawing.rect(x, y, width, height, fill=fill, strength=round(strength * 0.6, 2), stroke=stroke, radius=3,
                     data=data)  # fmt: skip
    written = text if text is not None else ("" if value is None else number(value))
    if written and style.width(written) <= width - 2:
        drawing.text(x + width / 2, y + height / 2 + 0.36 * style.size, written, style, "ink", "middle")


def sheets(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    height: float,
    count: int,
    colour: str,
    step: float = 6,
) -> None:
    """Draw the outlines of sheets that lie behind a front one, up and to the right."""
    for place in range(count, 0, -1):
        shift = place * step
        drawing.path(
            path_through([(x + shift, y - shift + step), (x + shift, y - shift), (x + width + shift, y - shift),
                          (x + width + shift, y + height - shift), (x + width + shift - step, y + height - shift)]),
            stroke=colour, thick=1, fill="none",
        )  # fmt: skip


def dots(
    drawing: Drawing,
    x: float,
    y: float,
    colour: str = "muted",
    across: bool = True,
    data: Data | None = None,
) -> None:
    """Draw the three dots that stand for what is left out."""
    drawing.path(dots_path(x, y, across=across), stroke=colour, thick=1, classes=["lc-dots"], data=data)


def dots_path(x: float, y: float, *, across: bool) -> str:
    """Write three dots around (x, y), side by side or one above the other.

    >>> dots_path(10, 20, across=True)
    'M5 20h0m5 0h0m5 0h0'
    """
    step = "h0m5 0" if across else "h0m0 5"
    return f"M{x - 5 * across:g} {y - 5 * (not across):g}{step}{step}h0"


def folded(cells: Columns) -> dict[str, object]:
    """Say which timesteps a fold stands for: its data- attributes.

    >>> folded(columns(100, 0, 100, 20, 30))
    {'timesteps': '3..98'}
    """
    gap = next((pair for pair in pairwise(cells.shown) if pair[1] - pair[0] > 1), None)
    return {} if gap is None else {"timesteps": f"{gap[0] + 1}..{gap[1] - 1}"}


def time_columns(
    timesteps: int, width: float, late: bool = False, at_most: int = 5, step: int = 46
) -> Columns:
    """Place the timesteps across a picture, the same in every layer, so that arrows between layers are straight.

    Args:
        timesteps: how many there are.
        width: pixels of the picture.
        late: whether the last ones are drawn rather than the first.
        at_most: how many are drawn at most, the fold among them.
        step: least distance of two.

    >>> time_columns(12, 380).shown
    (0, 1, 2, 11)
    """
    count = timesteps if timesteps > 0 else _MANY
    smallest = max(step, 58 if late and count > 100 else 0)  # the numbers of late ones are wide
    return columns(count, 36, width - 42, smallest, 76, at_most=at_most, late=late)


def vector_rows(count: int, at_most: int = 5) -> tuple[int, ...]:
    """Choose which entries of a vector are drawn: all, or the first and the last.

    >>> vector_rows(4), vector_rows(32)
    ((0, 1, 2, 3), (0, 1, 2, 31))
    """
    return tuple(range(count)) if count <= at_most else (*range(at_most - 2), count - 1)
