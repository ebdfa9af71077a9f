"""The boxes of one reading: the states after each timestep, handed on from box to box."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lstm_course.drawing.elements import SMALL, Drawing, Point, number, value_fill
from lstm_course.drawing.layout import Columns
from lstm_course.drawing.paths import pixels
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.stages.picture import Picture, dots, dots_path, folded, vector_rows
from lstm_course.drawing.stages.reading import Row
from lstm_course.layers import Bidirectional, recurrent_of
from lstm_course.shapes import LayerShape

UNIT = 13.0
"""Distance of two units."""
HEAD = 17.0
"""Height of the letters in a box."""
_BETWEEN_NAMES = "\u00a0\u00a0"  # as wide as from one state to the next


def draw_boxes(
    picture: Picture,
    row: Row,
    cells: Columns,
    shape: LayerShape,
    scene: Scene,
    padded: tuple[bool, ...],
    number_of: int,
) -> None:
    """Draw a box for each timestep that is shown, with the states after it.

    Args:
        picture: where they are drawn.
        row: the reading.
        cells: the timesteps.
        shape: shapes of the layer.
        scene: everything that is drawn.
        padded: for each timestep whether it is padding.
        number_of: which recurrent layer it is, from 1.
    """
    layer = recurrent_of(shape.layer)
    units = layer.units if layer else 1
    both = isinstance(shape.layer, Bidirectional)
    direction = {"direction": "backward" if row.backwards else "forward"} if both else {}
    for timestep, centre in zip(cells.shown, cells.centres, strict=True):
        values = row.values(timestep)
        box = Drawing(row.wide, row.high)
        box.rect(0, 0, row.wide, row.high, fill="raised", radius=6, dashed=padded[timestep],
                 stroke="ink" if timestep == scene.timestep else "units",
                 thick=2.2 if timestep == scene.timestep else 1)  # fmt: skip
        shown = vector_rows(units, scene.num_units)
        columns = (row.wide / 2,) if len(row.states) == 1 else (row.wide / 4 + 1.5, row.wide * 3 / 4 - 1.5)
        box.text(
            row.wide / 2, 12, _BETWEEN_NAMES.join(row.states), SMALL, "units", "middle"
        )  # one text: bytes
        chosen = scene.unit if timestep == scene.timestep else None
        for x, name in zip(columns, row.states, strict=True):
            _vector(box, x, name, values.get(name), shown, chosen)
        if units > len(shown):
            y = HEAD + UNIT * (len(shown) - 0.5)
            box.path(
                "".join(dots_path(x, y, across=False) for x in columns),
                stroke="units",
                thick=1,
                classes=["lc-dots"],
            )
        own = (
            f"{name} {number(float(vector[min(scene.unit, units - 1)]))}" for name, vector in values.items()
        )
        said = f", unit {scene.unit}: {', '.join(own)}" if values else ""
        reading = " read backwards" if row.backwards else ""
        picture.place(box, centre - row.wide / 2, row.top, hot=True,
                      data={"layer": number_of, "timestep": timestep, **direction},
                    label=f"timestep {timestep}{reading}{said}")  # fmt: skip
    if cells.fold is not None:
        dots(picture, cells.fold, row.top + row.high / 2, "units", data=folded(cells))


def _vector(
    box: Drawing,
    x: float,
    name: str,
    values: NDArray[np.floating] | None,
    shown: tuple[int, ...],
    chosen: int | None,
) -> None:
    y = HEAD + UNIT / 2
    minus = ""
    vector = Drawing(0)
    for unit in shown:
        if unit > len(shown) - 1:  # the last one, after those that are left out
            y += UNIT
        value = None if values is None else float(values[unit])
        fill, strength = value_fill(value) if value is not None else ("none", None)
        is_chosen = unit == chosen
        vector.circle(x, y, 4.6, fill=fill, strength=strength, stroke="ink" if is_chosen else "",
                      thick=1.8 if is_chosen else 1, data={"unit": unit})  # fmt: skip
        if value is not None and value < 0:
            minus += f"M{pixels(x - 2)} {pixels(y)}h4"
        y += UNIT
    if minus:
        vector.path(minus, stroke="ink", thick=1)
    box.place(vector, 0, 0, classes=["lc-s-units"], data={"quantity": name})


def hand_on(picture: Picture, row: Row, cells: Columns, start: str) -> None:
    """Draw how the states go from box to box, and what the first one starts with.

    Args:
        picture: where it is drawn.
        row: the reading.
        cells: the timesteps.
        start: where the first state comes from, a key of `STARTS`.
    """
    half, order = row.wide / 2, -1 if row.backwards else 1
    stops = [*cells.centres, *([cells.fold] if cells.fold is not None else [])]
    stops = sorted(stops, reverse=row.backwards)
    ways = [_between(pair, y, cells.fold, half, order) for y in row.heights for pair in pairwise(stops)]
    picture.arrows(ways, "units", head=3)
    x = stops[0] - order * (half + 2)
    carried = start in ("carried", "handed")
    picture.arrows((((x - order * 15, y), (x, y)) for y in row.heights), "units", head=3, dashed=carried)
    for y, name in zip(row.heights, row.states, strict=True):
        text = name if carried else f"{name}=0"
        picture.text(x - order * 18, y + 4, text, SMALL, "units", "end" if order > 0 else "start")
    if start == "handed":
        picture.state_enters += tuple((x - order * 30, y) for y in row.heights)


def _between(
    pair: tuple[float, float], y: float, fold: float | None, half: float, order: int
) -> tuple[Point, Point]:
    left, right = pair
    start = left + order * (12 if left == fold else half + 1)
    return (start, y), (right - order * (12 if right == fold else half + 2), y)
