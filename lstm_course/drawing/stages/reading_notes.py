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
    if layer.initial_state is not None:
        notes.append(f"Starts with the last state of {_source(layer.initial_state, scene)}, not with zeros.")
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


def _source(position: int, scene: Scene) -> str:
    """Name the stage of a layer as the diagram does."""
    stages = (stage for stage in scene.stages for shape in stage.shapes if shape.position == position)
    return next((f"{stage.number} {stage.title}" for stage in stages), f"layer {position}")
