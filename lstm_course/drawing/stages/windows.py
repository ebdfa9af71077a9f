"""Rows become samples, and each sample gets its label: cells with the values of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_course.drawing.elements import LABEL, NOTE, SMALL, plain
from lstm_course.drawing.layout import columns
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.picture import Picture, counted, dots, folded, sheets, value_cell
from lstm_course.drawing.values import class_text

_CELL = 20.0  # height of a cell
_STEP = 6.0  # from sheet to sheet
_ROWS = 4  # features or targets drawn at most


def draw_windows(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw the stack of samples, the chosen one in front with its values: timesteps across, features up."""
    picture = Picture(width)
    samples, timesteps, features = stage.tensor.shape if stage.tensor else (0, scene.exp.timesteps, 1)
    rows = _shown(features)
    names = scene.window.feature_names if scene.window else ()
    left = _name_width(names, rows, features, width)
    behind = min(4, max(samples - 1, 0))
    room = max(LABEL.width(counted(features, "features")) + 12, behind * _STEP + 6)
    most = 12 if scene.num_columns > 6 else (9 if scene.num_columns > 3 else 7)
    cells = columns(timesteps, left, width - room, 35, 40, at_most=most, late=scene.is_late)
    top = 18 + behind * _STEP
    height = _CELL * len(rows)
    sheets(picture, cells.left, top, cells.right - cells.left, height, behind, "samples", _STEP)
    for line, feature in enumerate(rows):
        y = top + line * _CELL
        _name(picture, names, feature, features, cells.left, y)
        for timestep, centre in zip(cells.shown, cells.centres, strict=True):
            _cell(picture, scene, timestep, feature, centre - cells.step / 2, y, cells.step)
        if cells.fold is not None:
            dots(picture, cells.fold, y + _CELL / 2, "timesteps", data=folded(cells))
    if len(rows) < features:
        dots(picture, cells.left - 7, top + (len(rows) - 1) * _CELL, "features", across=False)
    _measures(picture, cells.left, cells.right, top, height, behind, (samples, timesteps, features))
    picture.height = top + height + 26
    if scene.window is not None and any(scene.window.padded):
        picture.text(cells.left, picture.height + 10, "dashed: padding, no data", SMALL, "muted")
        picture.height += 16
    return picture


def _shown(count: int) -> tuple[int, ...]:
    return tuple(range(count)) if count <= _ROWS else (*range(_ROWS - 1), count - 1)


def _name_width(names: Sequence[str], rows: tuple[int, ...], features: int, width: float) -> float:
    if features == 1 or len(names) != features:
        return 16.0 if features > _ROWS else 0.0
    widest = max(SMALL.width(names[row]) for row in rows)
    return min(widest, width * 0.3) + 16


def _name(picture: Picture, names: Sequence[str], feature: int, features: int, x: float, y: float) -> None:
    if features > 1 and len(names) == features:
        picture.text(
            x - 14, y + 14, SMALL.shorten(names[feature], picture.width * 0.3), SMALL, "features", "end"
        )


def _cell(
    picture: Picture, scene: Scene, timestep: int, feature: int, x: float, y: float, width: float
) -> None:
    window = scene.window
    data: dict[str, object] = {"timestep": timestep}
    if window is not None and scene.exp.lags == "timesteps" and not scene.known.facts.is_sequences:
        data["row"] = window.first_row + timestep
    if window is None or timestep >= len(window.inputs):
        value_cell(picture, x, y, width, _CELL, None, stroke="features", data=data)
        return
    if window.padded[timestep]:
        picture.rect(x + 1, y + 1, width - 2, _CELL - 2, stroke="wire", dashed=True, radius=3, data=data)
        return
    chosen = timestep == scene.timestep
    value = float(window.inputs[timestep, feature])
    stroke = "ink" if chosen else "features"
    value_cell(picture, x, y, width, _CELL, value if np.isfinite(value) else None, stroke=stroke, data=data,
               text=None if np.isfinite(value) else "NaN")  # fmt: skip


def _measures(
    picture: Picture,
    left: float,
    right: float,
    top: float,
    height: float,
    behind: int,
    sizes: tuple[int, int, int],
) -> None:
    samples, timesteps, features = sizes
    bottom = top + height
    picture.dimension((left, bottom + 7), (right, bottom + 7), "", "timesteps")
    text = counted(timesteps, "timesteps")
    centre = max((left + right) / 2, LABEL.width(text) / 2)
    picture.text(centre, bottom + 22, text, LABEL, "timesteps", "middle", {"axis": "timesteps"})
    depth = behind * _STEP
    picture.dimension((right + depth + 7, top - depth), (right + depth + 7, bottom - depth), "", "features")
    picture.text(
        right + 10, bottom + 8, counted(features, "features"), LABEL, "features", data={"axis": "features"}
    )
    picture.text(right + depth, 11, counted(samples, "samples"), LABEL, "samples", "end", {"axis": "samples"})


def draw_labels(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw what the network should say for the chosen sample, in front of the labels of the others."""
    picture = Picture(width)
    window = scene.window
    shape = stage.tensor.shape[1:] if stage.tensor else ()
    kind = scene.exp.labels
    if kind in ("class", "one-hot"):
        _classes(picture, scene, stage)
    else:
        across, up = (shape[0] if shape else 1), (shape[1] if len(shape) > 1 else 1)
        axes = stage.tensor.axes[1:] if stage.tensor else ()
        values = (
            window.label.reshape(across, up)
            if window is not None and window.label.size == across * up
            else None
        )
        _grid(picture, values, (across, up), axes, stage.tensor.shape[0] if stage.tensor else 0)
        if window is not None and len(axes) < 2 and across == up == 1 and window.truth.size == 1:
            true = f"{window.target_names[0]} {plain(float(window.truth.reshape(-1)[0]))}"
            picture.text(
                64,
                picture.height - 32 if axes else 34,
                SMALL.shorten(f"= {true}", width - 64),
                SMALL,
                "muted",
            )
    return picture


def _grid(
    picture: Picture, values: np.ndarray | None, sizes: tuple[int, int], axes: tuple[str, ...], samples: int
) -> None:
    across, up = sizes
    rows = _shown(up)
    behind = min(3, max(samples - 1, 0))
    side = behind * 5 + 6 + (LABEL.width(counted(up, axes[1])) + 4 if len(axes) > 1 else 0)
    cells = columns(across, 0, picture.width - side, 35, 38, at_most=8)
    shift = cells.left
    top = 4 + behind * 5
    sheets(picture, 0, top, cells.right - shift, _CELL * len(rows), behind, "horizon", 5)
    for line, row in enumerate(rows):
        for column, centre in zip(cells.shown, cells.centres, strict=True):
            value = None if values is None else float(values[column, row])
            value_cell(picture, centre - cells.step / 2 - shift, top + line * _CELL, cells.step, _CELL, value,
                       stroke="horizon")  # fmt: skip
        if cells.fold is not None:
            dots(picture, cells.fold - shift, top + line * _CELL + _CELL / 2, "horizon")
    bottom = top + _CELL * len(rows)
    if axes:
        picture.dimension((0, bottom + 7), (cells.right - shift, bottom + 7), "", axes[0])
        picture.text(0, bottom + 22, counted(across, axes[0]), LABEL, axes[0], data={"axis": axes[0]})
    if len(axes) > 1:
        text = counted(up, axes[1])
        picture.text(
            cells.right - shift + behind * 5 + 6, bottom - 4, text, LABEL, axes[1], data={"axis": axes[1]}
        )
    picture.height = bottom + (26 if axes else 6)


def _classes(picture: Picture, scene: Scene, stage: SceneStage) -> None:
    window = scene.window
    names = scene.class_names
    chosen = (
        None
        if window is None
        else int(np.argmax(window.label) if scene.exp.labels == "one-hot" else window.label)
    )
    if scene.exp.labels == "one-hot":
        cells = columns(max(len(names), 1), 0, picture.width - 8, 26, 30, at_most=10)
        for place, centre in zip(cells.shown, cells.centres, strict=True):
            value = None if chosen is None else float(place == chosen)
            text = None if value is None else f"{value:.0f}"
            value_cell(picture, centre - cells.step / 2 - cells.left, 4, cells.step, _CELL, value, stroke="classes",
                       text=text)  # fmt: skip
        if cells.fold is not None:
            dots(picture, cells.fold - cells.left, 4 + _CELL / 2, "classes")
        picture.dimension((0, 31), (cells.right - cells.left, 31), "", "classes")
        picture.text(0, 46, counted(len(names), "classes"), LABEL, "classes", data={"axis": "classes"})
        y = 62.0
    else:
        value_cell(
            picture, 0, 4, 30, _CELL, None, stroke="classes", text="" if chosen is None else str(chosen)
        )
        y = 40.0
    if chosen is not None and 0 <= chosen < len(names):
        target = window.target_names[0] if window is not None and window.target_names else "class"
        text = NOTE.shorten(
            f"number {chosen}: {class_text(names[chosen], target)}", picture.width - (0 if y > 50 else 38)
        )
        picture.text(0 if y > 50 else 38, y if y > 50 else 18, text, NOTE, "classes")
    picture.height = y + 6 if y > 50 else 30
