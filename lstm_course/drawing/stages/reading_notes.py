"""What is said under an unrolled layer: what its picture does not show by itself."""

from __future__ import annotations

from lstm_course.drawing.inside.chosen import time_label
from lstm_course.drawing.scene import Scene
from lstm_course.layers import Bidirectional, Recurrent
from lstm_course.shapes import LayerShape

_STATEFUL = {
    "first": "stateful: the first batch starts at 0; the batch after it goes on from the last state of this one.",
    "carried": "stateful: starts with the state that the batch before left behind.",
}


def notes_of(
    shape: LayerShape, layer: Recurrent, scene: Scene, padded: tuple[bool, ...], start: str
) -> list[str]:
    """Say what is special about a layer.

    Args:
        shape: shapes of the layer.
        layer: the layer, without its wrapper.
        scene: everything that is drawn.
        padded: for each timestep whether it is padding.
        start: where the first state comes from, a key of `STARTS`.
    """
    notes = _order(shape, layer)
    if layer.stateful:
        notes.append(_STATEFUL.get(start, _STATEFUL["carried"]))
    if start == "handed":
        notes.append(f"Starts with {_source(shape, scene)}, not with zeros.")
    if layer.return_state:
        names = " and ".join(("h", "c")[: layer.num_states])
        both = isinstance(shape.layer, Bidirectional)
        whose = f"the last {names} of each reading" if both else f"{names} of the last timestep"
        notes.append(f"return_state: {whose} leave{'s' if layer.num_states == 1 else ''} too (dashed).")
    if any(padded) and scene.masks_padding:
        notes.append("Dashed boxes are padding: the mask carries the state over them unchanged.")
    elif any(padded):
        notes.append("Dashed boxes are padding that nothing masks: the layer reads them like values.")
    return notes


def _order(shape: LayerShape, layer: Recurrent) -> list[str]:
    if not layer.go_backwards:
        return []
    read = "go_backwards: the last timestep is read first, t = 0 last"
    if not layer.return_sequences:
        return [f"{read}."]
    last = time_label(shape.input.shape[1] - 1) if shape.input.shape[1] > 0 else "the last timestep"
    return [f"{read}; the outputs leave in that order, {last} first."]


def _source(shape: LayerShape, scene: Scene) -> str:
    """Name what the first state comes from as the diagram does."""
    own = next(stage for stage in scene.stages if shape in stage.shapes)
    given = (own.starts_from,) if own.starts_from else (own.reads or ())[1:] or own.reads or ()
    names = [f"{stage.number} {stage.title}" for stage in scene.stages if stage.id in given]
    if own.starts_from:
        return f"the last state of {names[0]}"
    return f"what {' and '.join(names)} hand{'s' if len(names) == 1 else ''} on"
