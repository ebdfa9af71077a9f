"""Samples are handed over in batches, and the network is told the shape of one sample."""

from __future__ import annotations

from lstm_course.drawing.elements import LABEL, SMALL, Drawing, path_through
from lstm_course.drawing.layout import Columns, columns
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.stages.picture import Picture, counted, dots
from lstm_course.layers import Masking
from lstm_course.shapes import Tensor

_HEIGHT = 24.0


def draw_batches(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw the batches of one epoch, the last one as small as it is; stateful ones hand their state on."""
    picture = Picture(width)
    size, samples = scene.exp.batch_size, scene.known.facts.part("train").num_samples
    steps = scene.known.steps_per_epoch
    if not steps:
        picture.text(0, 14, "no sample, so no batch", SMALL, "bad")
        picture.height = 20
        return picture
    widest = max(46.0, LABEL.width(f"{size:,}") + 18)
    cells = columns(steps, 0, width, widest + 16, widest + 16, at_most=6)
    last = samples - (steps - 1) * size
    shift = cells.left
    chosen = _chosen(scene, steps)
    places, folds = _places(cells, steps, chosen)
    for number, centre in places.items():
        held = last if number == steps - 1 else size
        _box(picture, centre - cells.step / 2 - shift, widest, held, size, number, number == chosen)
    for fold in folds:
        dots(picture, fold - shift - 8, _HEIGHT / 2 + 2, "batch")
    if scene.exp.stateful:
        _handed_on(picture, [centre - shift for centre in places.values()], cells.step, widest)
    picture.height = _HEIGHT + 6
    if scene.exp.stateful:
        note = SMALL.wrap("row i of a batch goes on where row i of the one before ended", width)
        picture.height = picture.lines(0, picture.height + 9, note, SMALL, "muted") - 8
    return picture


def _places(cells: Columns, steps: int, chosen: int | None) -> tuple[dict[int, float], list[float]]:
    """Place the batches and the folds between them, so that the chosen batch is never folded away."""
    if cells.fold is None:
        return dict(zip(cells.shown, cells.centres, strict=True)), []
    if chosen is None or chosen in cells.shown or len(cells.shown) < 4:
        return dict(zip(cells.shown, cells.centres, strict=True)), [cells.fold]
    first, before, middle, after, last = (cells.left + cells.step * (slot + 0.5) for slot in range(5))
    return {0: first, chosen: middle, steps - 1: last}, [before, after]


def _chosen(scene: Scene, steps: int) -> int | None:
    if scene.window is None or scene.exp.shuffled:
        return None
    return min(scene.window.number // scene.exp.batch_size, steps - 1)


def _box(picture: Picture, x: float, widest: float, held: int, size: int, number: int, chosen: bool) -> None:
    wide = max(widest * held / size, LABEL.width(f"{held:,}") + 8)
    box = Drawing(wide, _HEIGHT)
    box.rect(0, 0, wide, _HEIGHT, fill="raised", stroke="batch", radius=4, thick=2.4 if chosen else 1.2)
    box.text(wide / 2, _HEIGHT / 2 + 4, f"{held:,}", LABEL, "batch", "middle", {"axis": "batch"})
    picture.place(box, x, 2, hot=True, data={"batch": number, "window": number * size},
                  label=f"batch {number + 1:,} of {held:,} samples")  # fmt: skip


def _handed_on(drawing: Drawing, centres: list[float], step: float, widest: float) -> None:
    for centre in centres[:-1]:
        right = centre - step / 2 + widest
        drawing.arrow([(right + 2, 14), (right + 14, 14)], "units", head=3)


def draw_input(stage: SceneStage, scene: Scene, width: float) -> Picture:
    """Draw one batch as a block: timesteps across, features up, the samples of the batch behind each other."""
    picture = Picture(width)
    if stage.tensor is not None and stage.tensor.rank == 2:
        return _sheet(picture, stage.tensor)
    batch, timesteps, features = stage.tensor.shape if stage.tensor else (1, 1, 1)
    wide, high, deep = _sides(timesteps, features, width - LABEL.width(counted(batch, "batch")) - 40)
    left, top = 4.0, deep * 0.7 + 8
    _block(picture, left, top, wide, high, deep)
    picture.text(
        left, top + high + 15, counted(timesteps, "timesteps"), LABEL, "timesteps", data={"axis": "timesteps"}
    )
    picture.text(left + wide + deep + 8, top - deep * 0.7 + high, counted(features, "features"), LABEL, "features",
                 data={"axis": "features"})  # fmt: skip
    picture.text(left + wide + deep + 8, top - deep * 0.7 + 4, counted(batch, "batch"), LABEL, "batch",
                 data={"axis": "batch"})  # fmt: skip
    picture.height = top + high + 20
    masks = [layer for layer in stage.layers if isinstance(layer, Masking)]
    if masks:
        words = (
            "Masking marks the padding; recurrent layers skip it"
            if scene.masks_padding
            else f"Masking looks for {masks[0].mask_value:g}; the padding is {scene.exp.pad_value:g}"
        )
        picture.text(left, picture.height + 9, SMALL.shorten(words, width), SMALL, "muted")
        picture.height += 16
    return picture


def _sheet(picture: Picture, tensor: Tensor) -> Picture:
    """Draw one batch of vectors: their one axis across, the samples of the batch behind each other."""
    (batch, size), axis = tensor.shape, tensor.axes[-1]
    wide, _, deep = _sides(size, 1, picture.width - LABEL.width(counted(batch, "batch")) - 40)
    left, top = 4.0, 8.0
    up = deep * 0.7
    corners = [(left, top + up), (left + deep, top), (left + wide + deep, top), (left + wide, top + up)]
    picture.path(path_through(corners) + "z", stroke="wire", fill="raised")
    picture.line([corners[0], corners[3]], axis, thick=2.4, data={"axis": axis})
    picture.line(corners[:2], "batch", thick=2.4, data={"axis": "batch"})
    picture.text(left, top + up + 15, counted(size, axis), LABEL, axis, data={"axis": axis})
    picture.text(
        left + wide + deep + 8, top + 8, counted(batch, "batch"), LABEL, "batch", data={"axis": "batch"}
    )
    picture.height = top + up + 20
    return picture


def _sides(timesteps: int, features: int, room: float) -> tuple[float, float, float]:
    return min(40.0 + min(timesteps, 60) * 1.6, room), max(18.0, 12.0 + min(features, 30) * 1.0), 22.0


def _block(drawing: Drawing, x: float, y: float, wide: float, high: float, deep: float) -> None:
    up = deep * 0.7
    drawing.rect(x, y, wide, high, fill="raised", stroke="wire")
    drawing.path(
        path_through([(x, y), (x + deep, y - up), (x + wide + deep, y - up), (x + wide, y)]), stroke="wire"
    )
    drawing.path(
        path_through([(x + wide + deep, y - up), (x + wide + deep, y + high - up), (x + wide, y + high)]),
        stroke="wire",
    )
    drawing.line([(x, y + high), (x + wide, y + high)], "timesteps", thick=2.4, data={"axis": "timesteps"})
    drawing.line([(x + wide + deep, y - up), (x + wide + deep, y + high - up)], "features", thick=2.4,
                 data={"axis": "features"})  # fmt: skip
    drawing.line([(x, y), (x + deep, y - up)], "batch", thick=2.4, data={"axis": "batch"})
