"""The stages of somebody else's program, with the shapes that were seen."""

from __future__ import annotations

from lstm_course.doctor.rules.batching import batch_of
from lstm_course.doctor.seen import CallSeen, Capture, LayerSeen, ModelSeen, Shape
from lstm_course.shapes.stage import Lane, Stage
from lstm_course.shapes.tensor import (
    BATCH,
    CLASSES,
    FEATURES,
    HORIZON,
    SAMPLES,
    TARGETS,
    TIMESTEPS,
    UNITS,
    Tensor,
)

PLAIN = ("InputLayer", "Dropout", "Activation", "SpatialDropout1D")


def stages_of(capture: Capture) -> tuple[Stage, ...]:
    """Give the stages of the first training, or of the first model, from the bottom up, as far as the program got."""
    call = next(iter(capture.trainings or capture.calls), None)
    models = capture.trained_models
    model = (capture.model(call.model) if call else None) or (models[0] if models else None)
    stages: list[Stage] = []
    if call:
        stages += _of_call(call)
    if model:
        stages += _of_model(model, call)
    return tuple(stages)


def _of_call(call: CallSeen) -> list[Stage]:
    found: list[Stage] = []
    first = BATCH if call.batched else SAMPLES
    if call.x and call.x[0].shape:
        found.append(_stage("windowing", "Samples", "input", call.x[0].shape, first, FEATURES))
    if call.y and call.y[0].shape:
        found.append(_stage("labels", "Labels", "labels", call.y[0].shape, first, TARGETS))
    size = batch_of(call)
    if call.x and call.x[0].shape and size:
        found.append(_stage("batching", "One batch", "both", (size, *call.x[0].shape[1:]), BATCH, FEATURES))
    return found


def _of_model(model: ModelSeen, call: CallSeen | None) -> list[Stage]:
    size = (batch_of(call) if call else None) or 1
    steps = call.x[0].shape[1] if call and call.x and call.x[0].rank > 1 else None
    found: list[Stage] = []
    if model.inputs and (shape := _filled(model.inputs[0], size, steps)):
        found.append(_stage("input-layer", "Input", "input", shape, BATCH, FEATURES))
    layers = [layer for layer in model.layers if layer.cls not in PLAIN]
    count = between = 0
    for place, layer in enumerate(layers):
        shape = _filled(layer.outputs[0], size, steps) if layer.outputs else None
        if layer.recurrent:
            count += 1
            name = f"recurrent-layer-{count}"
        elif place == len(layers) - 1:
            name = "head"
        else:
            between += 1
            name = "between-layers" + (f"-{between}" if between > 1 else "")
        if shape:
            found.append(_stage(name, _title(layer), "input", shape, BATCH, UNITS))
    return found + _loss(model, call, size, steps)


def _loss(model: ModelSeen, call: CallSeen | None, size: int, steps: int | None) -> list[Stage]:
    shape = _filled(model.outputs[0], size, steps) if model.outputs else None
    if shape is None or not call or not call.y or not call.y[0].shape:
        return []
    label = (size, *call.y[0].shape[1:])
    stage = _stage("loss", f"Loss: {model.loss}", "both", shape, BATCH, UNITS)
    return [
        Stage(
            stage.id,
            stage.title,
            "both",
            stage.tensor,
            "",
            stage.sentence,
            label=_tensor(label, BATCH, TARGETS),
        )
    ]


def _filled(shape: Shape, size: int, steps: int | None) -> tuple[int, ...] | None:
    filled = [size if place == 0 else (steps if part is None else part) for place, part in enumerate(shape)]
    return None if None in filled else tuple(part for part in filled if part is not None)


def _title(layer: LayerSeen) -> str:
    core = layer.core
    first = core.config.get("units", core.config.get("n", core.config.get("rate", "")))
    inside = f"{core.cls}({first})"
    return inside if layer.inner is None else f"{layer.cls}({inside})"


def _tensor(shape: tuple[int, ...], first: str, last: str) -> Tensor:
    middle = {1: (), 2: (last,), 3: (TIMESTEPS, last)}.get(
        len(shape), (TIMESTEPS, *(FEATURES,) * (len(shape) - 2))
    )
    if last == TARGETS and len(shape) == 3:
        middle = (HORIZON, TARGETS)
    return Tensor(shape, (first, *middle)[: len(shape)])


def _stage(name: str, title: str, lane: Lane, shape: tuple[int, ...], first: str, last: str) -> Stage:
    tensor = _tensor(shape, first, CLASSES if "softmax" in title else last)
    return Stage(name, title, lane, tensor, "", f"{title}: {tensor} ({tensor.named}).")
