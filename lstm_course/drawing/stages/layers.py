"""The layers between and above the recurrent ones: Dense as a fan of weights, RepeatVector as copies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lstm_course.drawing.described import PlainLayer
from lstm_course.drawing.elements import CODE, LABEL, SMALL, Drawing, value_fill
from lstm_course.drawing.layout import columns
from lstm_course.drawing.model_words import remark_of
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.picture import Picture, counted, dots, time_columns, value_cell, vector_rows
from lstm_course.drawing.values import class_text
from lstm_course.layers import Dense, Dropout, Flatten, Layer, Masking, RepeatVector, Reshape, TimeDistributed
from lstm_course.shapes import LayerShape

_FAN = 30.0  # height of the lines of a Dense layer


def draw_layers(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw the layers of a stage, the first at the bottom."""
    pictures = [_draw(shape, scene, width) for shape in stage.shapes]
    missing = stage.layers[len(stage.shapes) :]
    colour = "bad" if any(found.blocks for found in stage.findings) else "muted"
    whole = Picture(width)
    y = 0.0
    for layer in reversed(missing):
        whole.rect(0, y, CODE.width(_cut(layer.code, width)) + 16, 22, stroke=colour, dashed=True, radius=5)
        whole.text(8, y + 15, _cut(layer.code, width), CODE, colour)
        y += 30
    for place, picture in enumerate(reversed(pictures)):
        if place or missing:
            picture_exit = picture.exits[0] if picture.exits else width / 2
            whole.arrow([(picture_exit, y + 14), (picture_exit, y + 2)], "wire", head=3)
            y += 16
        whole.place(picture, 0, y)
        y += picture.height
    whole.height = max(y, 4)
    whole.exits = pictures[-1].exits if pictures and not missing else ()
    whole.enters = pictures[0].enters if pictures else ()
    return whole


def _cut(code: str, width: float) -> str:
    return CODE.shorten(code, width - 20)


def _draw(shape: LayerShape, scene: Scene, width: float) -> Picture:
    layer = shape.layer
    if isinstance(layer, Dense) and shape.output.rank == 2:
        return _dense(shape, layer, scene, width)
    if isinstance(layer, TimeDistributed) or (isinstance(layer, Dense) and shape.output.rank == 3):
        return _at_each_step(shape, scene, width)
    if isinstance(layer, RepeatVector):
        return _repeat(shape, layer, scene, width)
    return _named(shape, width)


def _output(shape: LayerShape, scene: Scene) -> NDArray[np.floating] | None:
    found = scene.trace_of(shape.position)
    return None if found is None else np.asarray(found.output)


def _input(shape: LayerShape, scene: Scene) -> NDArray[np.floating] | None:
    found = scene.trace_of(shape.position)
    return None if found is None else np.asarray(found.input)


def _dense(shape: LayerShape, layer: Dense, scene: Scene, width: float) -> Picture:
    picture = Picture(width)
    below, above = _input(shape, scene), _output(shape, scene)
    side = LABEL.width(counted(shape.input.last, shape.input.axes[-1])) + 14
    right = width - side
    ends = columns(layer.units, 0, right, 36, 40, at_most=8)
    starts = columns(shape.input.last, 0, right, 22, 24, at_most=9)
    axis = shape.output.axes[-1]
    top, low = 2.0, 2.0 + 20 + _FAN
    fan = (
        f"M{start:.0f} {low - 6:.0f}L{end:.0f} {top + 21:.0f}"
        for start in starts.centres
        for end in ends.centres
    )
    picture.path("".join(fan), stroke="line", thick=1)
    for place, centre in zip(ends.shown, ends.centres, strict=True):
        value = None if above is None else float(above[place])
        value_cell(picture, centre - ends.step / 2 + 1, top, ends.step - 2, 20, value, stroke=axis,
                   data={"quantity": "output", "unit": place},
                   text=f"{value:.2f}" if value is not None and layer.activation == "softmax" else None)  # fmt: skip
    for place, centre in zip(starts.shown, starts.centres, strict=True):
        value = None if below is None else float(below[place])
        fill, strength = value_fill(value) if value is not None else ("raised", None)
        picture.circle(centre, low, 5.5, fill=fill, strength=strength, stroke="units")
    if ends.fold is not None:
        dots(picture, ends.fold, top + 10, axis)
    if starts.fold is not None:
        dots(picture, starts.fold, low, "units")
    picture.text(ends.right + 8, top + 14, counted(layer.units, axis), LABEL, axis, data={"axis": axis})
    below_axis = shape.input.axes[-1]
    picture.text(starts.right + 8, low + 4, counted(shape.input.last, below_axis), LABEL, below_axis,
                 data={"axis": below_axis})  # fmt: skip
    picture.height = low + 10
    picture.enters = picture.exits = (right / 2,)
    if layer.activation == "softmax":
        _probabilities(picture, above, scene, width)
    return picture


def _probabilities(picture: Picture, output: NDArray[np.floating] | None, scene: Scene, width: float) -> None:
    names = scene.class_names
    if output is None or len(names) != len(output):
        picture.text(0, picture.height + 10, SMALL.shorten("softmax: one probability per class, together 1", width),
                     SMALL, "muted")  # fmt: skip
        picture.height += 16
        return
    target = (
        scene.window.target_names[0] if scene.window is not None and scene.window.target_names else "class"
    )
    most = len(names) if len(names) <= 6 else 4
    best = np.argsort(output)[::-1][:most]
    for place, number in enumerate(best):
        y = picture.height + 4 + place * 17
        name = SMALL.shorten(class_text(names[number], target), 90)
        picture.text(92, y + 10, name, SMALL, "classes", "end")
        share = float(output[number])
        wide = (width - 160) * share
        picture.rect(100, y + 1, max(wide, 1), 10, fill="classes", strength=0.65, radius=2)
        picture.text(106 + wide, y + 10, f"{share:.2f}", SMALL, "ink")
    picture.height += 4 + 17 * len(best)
    if len(names) > most:
        picture.text(100, picture.height + 11, f"and {len(names) - most} more", SMALL, "muted")
        picture.height += 16


def _at_each_step(shape: LayerShape, scene: Scene, width: float) -> Picture:
    picture = Picture(width)
    cells = time_columns(shape.output.shape[1], width, scene.is_late, scene.num_columns, scene.least_step)
    output = _output(shape, scene)
    inner = shape.layer.layer if isinstance(shape.layer, TimeDistributed) else shape.layer
    name, last = inner.keras_name, shape.output.last
    wide = min(cells.step - 6, SMALL.width(name) + 10)
    for timestep, centre in zip(cells.shown, cells.centres, strict=True):
        value = None if output is None else float(output[timestep].reshape(-1)[0])
        value_cell(
            picture, centre - 19, 1, 38, 19, value, stroke=shape.output.axes[-1], data={"timestep": timestep}
        )
        picture.arrow([(centre, 34), (centre, 22)], "wire", head=3)
        picture.rect(centre - wide / 2, 35, wide, 19, fill="raised", stroke="wire", radius=4)
        picture.text(centre, 48, SMALL.shorten(name, wide - 4), SMALL, "ink", "middle")
    if cells.fold is not None:
        dots(picture, cells.fold, 30, "timesteps")
    axis = shape.output.axes[-1]
    first, after = cells.centres[0] - 19, cells.centres[-1] + 23
    for place, text in enumerate(SMALL.wrap(counted(last, axis), width - after, 2)):
        picture.text(after, 10 + 12 * place, text, SMALL, axis, data={"axis": axis})
    said = "the same weights at each timestep" if isinstance(inner, Dense) else "the same at each timestep"
    start = max(0, min(first, width - SMALL.width(said)))
    picture.text(start, 68, SMALL.shorten(said, width - start), SMALL, "muted")
    picture.height = 72
    picture.enters = picture.exits = cells.centres
    return picture


def _repeat(shape: LayerShape, layer: RepeatVector, scene: Scene, width: float) -> Picture:
    picture = Picture(width)
    cells = time_columns(layer.n, width, scene.is_late, scene.num_columns, scene.least_step)
    value = _input(shape, scene)
    for centre in cells.centres:
        picture.line(
            [(cells.centres[-1], 62), (cells.centres[-1], 54), (centre, 54), (centre, 48)], "units", thick=1
        )
        _small_vector(picture, centre, 4, value, shape.input.last)
    if cells.fold is not None:
        dots(picture, cells.fold, 26, "timesteps")
    picture.text(cells.centres[-1] + 16, 30, SMALL.shorten(f"× {layer.n:,}", 40), LABEL, "timesteps")
    picture.height = 62
    picture.enters, picture.exits = (cells.centres[-1],), cells.centres
    return picture


def _small_vector(
    drawing: Drawing, x: float, y: float, values: NDArray[np.floating] | None, units: int
) -> None:
    shown = vector_rows(units, 3)
    drawing.rect(x - 9, y - 2, 18, 46, fill="raised", stroke="units", radius=5)
    for place, unit in enumerate(shown):
        value = None if values is None else float(values[unit])
        fill, strength = value_fill(value) if value is not None else ("none", None)
        drawing.circle(x, y + 7 + place * 14, 4.4, fill=fill, strength=strength, stroke="units")


def _named(shape: LayerShape, width: float) -> Picture:
    picture = Picture(width)
    code = _cut(
        f"{shape.layer.class_name}" if isinstance(shape.layer, PlainLayer) else shape.layer.code, width
    )
    wide = CODE.width(code) + 16
    picture.rect(0, 1, wide, 22, fill="raised", stroke="wire", radius=5)
    picture.text(8, 16, code, CODE)
    remark = _remark(shape.layer)
    if remark and SMALL.width(remark) + wide + 10 <= width:
        picture.text(wide + 10, 16, remark, SMALL, "muted")
        picture.height = 26
    else:
        picture.height = picture.lines(0, 38, SMALL.wrap(remark, width), SMALL, "muted") - 8 if remark else 26
    return picture


def _remark(layer: Layer) -> str:
    match layer:
        case PlainLayer():
            return remark_of(layer.class_name)
        case Dropout():
            return f"{layer.rate:.0%} of the numbers are 0 while training"
        case Masking():
            return "marks timesteps that are padding"
        case Flatten() | Reshape():
            return "the same numbers, arranged anew"
        case _:
            return ""
