"""The diagram of somebody else's model on its own data, with each finding at the stage where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from lstm_course.doctor.rules.batching import batch_of
from lstm_course.doctor.seen import CallSeen, Capture, LayerSeen, ModelSeen, Shape
from lstm_course.doctor.stages import PLAIN, stages_of
from lstm_course.drawing import ModelDiagram
from lstm_course.drawing.described import LayerDescription, ModelDescription
from lstm_course.drawing.model_layers import spec_of
from lstm_course.drawing.model_scene import model_scene
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.stage import Stage

_PLAIN_VALUES = (bool, int, float, str, tuple, list)
_EMPTY = Scene(title="", stages=())
_BELOW = ("raw-data", "scaling", "windowing", "batching")


def picture_of(capture: Capture, findings: Sequence[Finding]) -> ModelDiagram | None:
    """Draw the model that was trained, or the first one; None where no model was seen.

    Layers that the program did not reach are drawn without a shape.

    Args:
        capture: what was seen of the program.
        findings: what is wrong with it.
    """
    call = next(iter(capture.trainings or capture.calls), None)
    model = (capture.model(call.model) if call else None) or next(iter(capture.models), None)
    if model is None or not _own(model):
        return None
    scene = _with_data(_scene(model, call), capture)
    return ModelDiagram(_with_findings(scene, findings, _names(model, scene)), width=800)


def _own(model: ModelSeen) -> list[LayerSeen]:
    return [layer for layer in model.layers if layer.cls != "InputLayer"]


def _scene(model: ModelSeen, call: CallSeen | None) -> Scene:
    layers = _own(model)
    reached = list(takewhile(lambda layer: layer.outputs, layers)) if model.inputs else []
    described = _description(model, reached, _label(call) if len(reached) == len(layers) else None)
    scene = model_scene(described) if reached else _EMPTY
    missing = [_missing(layer, place) for place, layer in enumerate(layers[len(reached) :])]
    return replace(scene, stages=(*scene.stages, *missing), title=f"The {model.kind} model, layer by layer")


def _label(call: CallSeen | None) -> Shape | None:
    """Give the shape of the labels of one batch."""
    if call is None or not call.y or not call.y[0].shape:
        return None
    return (batch_of(call) or call.y[0].shape[0], *call.y[0].shape[1:])


def _description(model: ModelSeen, layers: Sequence[LayerSeen], label: Shape | None) -> ModelDescription:
    names = {layer.id: layer.name for layer in model.layers}
    inputs = tuple(layer.name for layer in model.layers if layer.cls == "InputLayer")
    return ModelDescription(
        name=model.kind, layers=tuple(_layer(layer, names) for layer in layers), inputs=model.inputs,
        label=label, loss=model.loss if isinstance(model.loss, str) else "",
        input_names=inputs if len(inputs) == len(model.inputs) else (),
    )  # fmt: skip


def _layer(layer: LayerSeen, names: dict[int, str]) -> LayerDescription:
    return LayerDescription(
        name=layer.name, class_name=layer.cls, inputs=layer.inputs, outputs=layer.outputs,
        arguments={name: value for name, value in layer.given.items() if isinstance(value, _PLAIN_VALUES)},
        parameters=layer.parameters, weights=layer.weights,
        inbound=tuple(names[each] for each in layer.inbound if each in names),
        inner=_layer(layer.inner, names) if layer.inner else None,
    )  # fmt: skip


def _missing(layer: LayerSeen, place: int) -> SceneStage:
    described = _layer(layer, {})
    return SceneStage(
        id=f"not-reached-{place}", kind="between", number=0, title=layer.cls, code=(spec_of(described).code,),
    )  # fmt: skip


def _with_data(scene: Scene, capture: Capture) -> Scene:
    """Put what the program hands over below the model, and number the stages anew."""
    data = [stage for stage in stages_of(capture) if stage.id == "windowing"]
    stages = scene.stages
    if data and sum(stage.reads == () for stage in stages) <= 1:  # several inputs: each has its own array
        first = [replace(each, reads=None) for each in stages[:1]]
        stages = (_data_stage(data[0]), *first, *stages[1:])
    return replace(scene, stages=tuple(replace(each, number=place) for place, each in enumerate(stages, 1)))


def _data_stage(stage: Stage) -> SceneStage:
    return SceneStage(
        id=stage.id, kind="between", number=1, title="X", code=("the array that fit is given",), tensor=stage.tensor,
        sentence="What the program hands to Keras.", reads=(),
    )  # fmt: skip


def _names(model: ModelSeen, scene: Scene) -> dict[str, str]:
    """Give the drawn stage of each of the doctor's stages: it passes over layers that change no shape."""
    drawn = [stage for stage in scene.stages if stage.layers or stage.id.startswith("not-reached")]
    pairs = [pair for pair in zip(_own(model), drawn, strict=False) if pair[0].cls not in PLAIN]
    found: dict[str, str] = {}
    counts = {"recurrent-layer": 0, "between-layers": 0}
    for place, (layer, stage) in enumerate(pairs):
        kind = "recurrent-layer" if layer.recurrent else "between-layers"
        counts[kind] += 1
        plain = counts[kind] == 1 and kind == "between-layers"
        found[kind if plain else f"{kind}-{counts[kind]}"] = stage.id
        if place == len(pairs) - 1 and not layer.recurrent:
            found["head"] = stage.id
    return found


def _with_findings(scene: Scene, findings: Iterable[Finding], names: dict[str, str]) -> Scene:
    ids = [stage.id for stage in scene.stages]
    placed: dict[str, list[Finding]] = {}
    for finding in findings:
        sentence = replace(finding, fix=finding.fix.partition("\n")[0])  # a diff has no place in a picture
        placed.setdefault(_place(names.get(finding.stage, finding.stage), ids), []).append(sentence)
    stages = tuple(replace(stage, findings=tuple(placed.get(stage.id, ()))) for stage in scene.stages)
    return replace(scene, stages=stages)


def _place(stage: str, ids: Sequence[str]) -> str:
    """Choose the drawn stage for a finding: its own, else the nearest one on its side."""
    if stage in ids:
        return stage
    if stage == "input-layer":
        return ids[min(1, len(ids) - 1)]
    return ids[0] if stage in _BELOW else ids[-1]
