"""A recurrent layer, unrolled: timesteps across, units up, states handed on from box to box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_course.cells.unroll import Trace
from lstm_course.drawing.elements import LABEL, SMALL
from lstm_course.drawing.inside.chosen import time_label
from lstm_course.drawing.inside.clock import start_kind
from lstm_course.drawing.layout import Columns
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.boxes import HEAD, UNIT, draw_boxes, hand_on
from lstm_course.drawing.stages.leaving import draw_last_states, draw_leaving
from lstm_course.drawing.stages.picture import (
    Picture,
    counted,
    time_columns,
    value_cell,
    vector_rows,
)
from lstm_course.drawing.stages.reading import Row
from lstm_course.drawing.stages.reading_notes import notes_of
from lstm_course.layers import Bidirectional, Recurrent, recurrent_of
from lstm_course.shapes import LayerShape

_TOP = 40.0  # height above the boxes, for what leaves
_TURN = 26.0  # height of the wires that turn the outputs round


def draw_recurrent(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw the layer once for each timestep, with what enters, what is handed on and what leaves."""
    shape = stage.shapes[0]
    layer = recurrent_of(shape.layer)
    if layer is None:
        raise ValueError(f"{shape.layer.code} is no recurrent layer; draw it with `draw_between`.")
    cells = time_columns(shape.input.shape[1], width, scene.is_late, scene.num_columns, scene.least_step)
    rows = _rows(shape, layer, scene)
    start = "handed" if stage.is_given_state else _start_of(shape, layer, scene)
    picture = Picture(width)
    padded = _padded(shape, scene)
    for row in rows:
        draw_boxes(picture, row, cells, shape, scene, padded, int(stage.id.rsplit("-", 1)[-1]))
        hand_on(picture, row, cells, start)
    bottom = rows[-1].top + rows[-1].high
    is_read = any(
        each.starts_from == stage.id for each in scene.stages
    )  # its last states start another layer
    draw_leaving(picture, rows, cells, shape, layer, is_read=is_read)
    draw_last_states(picture, rows, cells, layer, is_read=is_read)
    foot = _enter(picture, rows, cells, shape, scene, bottom, padded)
    _measures(picture, rows, cells, shape, layer, foot)
    picture.height = foot + 34
    notes = [
        line for note in notes_of(shape, layer, scene, padded, start) for line in SMALL.wrap(note, width)
    ]
    if notes:
        picture.height = picture.lines(0, picture.height + 12, notes, SMALL, "muted") - 10
    return picture


def _rows(shape: LayerShape, layer: Recurrent, scene: Scene) -> tuple[Row, ...]:
    found = scene.trace_of(shape.position)
    traces: Sequence[Trace | None] = found.traces if found is not None and found.traces else (None, None)
    high = (
        HEAD + UNIT * (len(vector_rows(layer.units, scene.num_units)) + (layer.units > scene.num_units)) + 5
    )
    states = ("c", "h") if layer.num_states == 2 else ("h",)
    wide = 34 if len(states) == 2 else 26
    if isinstance(shape.layer, Bidirectional):
        upper = Row(states, True, traces[1], _TOP + 14, wide, high)
        return upper, Row(states, False, traces[0], _TOP + 14 + high + 18, wide, high)
    top = _TOP + (_TURN if layer.go_backwards and layer.return_sequences else 0)
    return (Row(states, layer.go_backwards, traces[0], top, wide, high),)


def _start_of(shape: LayerShape, layer: Recurrent, scene: Scene) -> str:
    """Say where the first state comes from: a key of `STARTS`."""
    found = scene.trace_of(shape.position)
    if found is not None and found.traces:
        return start_kind(found)
    return "handed" if layer.initial_state is not None else ("carried" if layer.stateful else "zeros")


def _padded(shape: LayerShape, scene: Scene) -> tuple[bool, ...]:
    count = max(shape.input.shape[1], 1000 if shape.input.shape[1] < 0 else 0)
    if not shape.masked or scene.window is None or len(scene.window.padded) != count:
        return (False,) * count
    return scene.window.padded


def _enter(
    picture: Picture,
    rows: tuple[Row, ...],
    cells: Columns,
    shape: LayerShape,
    scene: Scene,
    bottom: float,
    padded: tuple[bool, ...],
) -> float:
    inputs = scene.window.inputs if scene.window is not None and _reads_window(shape) else None
    first = _reads_window(shape)
    features = shape.input.last
    drawn = min(features, 2) if first else 0
    top = bottom + 20
    picture.arrows(([(centre, top), (centre, bottom + 2)] for centre in cells.centres), "wire", head=3)
    if len(rows) == 2:
        side, above = rows[0].wide / 2 + 4, rows[0].top + rows[0].high
        round_the_lower = (
            [(x, top - 3), (x - side, top - 3), (x - side, above + 7), (x - 6, above + 7), (x - 6, above + 2)]
            for x in cells.centres
        )
        picture.arrows(round_the_lower, "wire", head=3, thick=1)
    for timestep, centre in zip(cells.shown, cells.centres, strict=True):
        for feature in range(drawn):
            value = None if inputs is None or timestep >= len(inputs) else float(inputs[timestep, feature])
            value = value if value is not None and np.isfinite(value) else None
            if padded[timestep]:
                picture.rect(centre - 19, top + feature * 18, 38, 18, stroke="wire", dashed=True, radius=3)
                picture.text(centre, top + feature * 18 + 13, "pad", SMALL, "muted", "middle")
                continue
            value_cell(picture, centre - 19, top + feature * 18, 38, 18, value, stroke="features",
                       data={"timestep": timestep, "quantity": "x", "feature": feature})  # fmt: skip
        is_open = shape.input.shape[1] < 0 and timestep == cells.shown[-1]
        said = "t = T − 1" if is_open else time_label(timestep)
        picture.text(centre, top + drawn * 18 + 15, said, LABEL, "timesteps", "middle",
                     {"timestep": timestep})  # fmt: skip
    if first:
        picture.text(0, top + 12, "x", LABEL, "features")
    if first and features > drawn:
        rest = SMALL.wrap(f"{drawn} of {features:,}", cells.centres[0] - 24)
        picture.lines(0, top + 26, rest, SMALL, "features")
    picture.enters = cells.centres if not first else ()
    return top + drawn * 18 + 18


def _reads_window(shape: LayerShape) -> bool:
    return shape.input.axes[-1] == "features"


def _measures(
    picture: Picture, rows: tuple[Row, ...], cells: Columns, shape: LayerShape, layer: Recurrent, foot: float
) -> None:
    left, right = cells.centres[0] - 19, cells.centres[-1] + 19
    picture.dimension((left, foot + 6), (right, foot + 6), "", "timesteps")
    text = counted(shape.input.shape[1], "timesteps")
    picture.text(max((left + right) / 2, LABEL.width(text) / 2), foot + 21, text, LABEL, "timesteps", "middle",
                 {"axis": "timesteps"})  # fmt: skip
    for row in rows[-1:]:
        centre = cells.centres[0] if row.backwards and len(rows) == 1 else cells.centres[-1]
        order = -1 if row.backwards and len(rows) == 1 else 1
        x = centre + order * (row.wide / 2 + 7)
        if len(rows) == 2:
            x += 20 if layer.return_state else 8
        picture.dimension((x, row.top + HEAD), (x, row.top + row.high - 4), "", "units")
        middle = row.top + HEAD + (row.high - HEAD) / 2
        anchor = "start" if order > 0 else "end"
        picture.text(x + order * 6, middle - 3, f"{layer.units:,}", LABEL, "units", anchor, {"axis": "units"})
        word = "unit" if layer.units == 1 else "units"
        picture.text(x + order * 6, middle + 10, word, LABEL, "units", anchor, {"axis": "units"})
