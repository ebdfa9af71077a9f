"""The stages of an experiment that are drawn: those that were reached, and those above that were not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lstm_course.drawing.scene import Kind, SceneStage, Status
from lstm_course.drawing.why import reasons
from lstm_course.experiment import ClassWeight
from lstm_course.layers import Layer, Recurrent, recurrent_of
from lstm_course.shapes import LayerShape, Prediction, Stage
from lstm_course.shapes.network import Place, places

_KINDS: dict[str, Kind] = {
    "raw-data": "rows", "scaling": "scaling", "windowing": "windows", "labels": "labels", "batching": "batches",
    "input-layer": "input", "head": "head", "loss": "loss",
}  # fmt: skip


def scene_stages(prediction: Prediction, observed: Sequence[Stage] | None = None) -> tuple[SceneStage, ...]:
    """Make the stages that are drawn: those that were reached, and those above that were not."""
    measured = {stage.id: stage for stage in observed or ()}
    planned = places(prediction.exp, prediction.facts)
    found = [_reached(stage, prediction, measured, planned) for stage in prediction.stages]
    drawn = {stage.id for stage in found}
    for finding in prediction.findings:
        if finding.blocks and finding.stage not in drawn and finding.stage.startswith("between"):
            found.append(_missing(finding.stage, "Between the layers", (), prediction))
            drawn.add(finding.stage)
    for name in dict.fromkeys(place.stage for place in planned):
        if name not in drawn:
            layers = tuple(place.layer for place in planned if place.stage == name)
            title = " + ".join(layer.keras_name for layer in layers)
            found.append(_missing(name, title, layers, prediction))
    if "loss" not in drawn:
        found.append(_missing("loss", "Loss", (), prediction))
    return tuple(_numbered(_with_homeless(found, prediction)))


def _with_homeless(stages: list[SceneStage], prediction: Prediction) -> list[SceneStage]:
    """Give findings of stages that are not drawn, such as an empty head, to the uppermost layer."""
    ids = {stage.id for stage in stages}
    homeless = tuple(finding for finding in prediction.findings if finding.stage not in ids)
    top = stages[-2]
    return [*stages[:-2], replace(top, findings=top.findings + homeless), stages[-1]]


def _numbered(stages: list[SceneStage]) -> list[SceneStage]:
    numbered, count = [], 0
    for stage in stages:
        count += stage.kind != "labels"
        numbered.append(replace(stage, number=count))
    return numbered


def kind_of(stage_id: str) -> Kind:
    """Name the way in which a stage is drawn.

    >>> kind_of("recurrent-layer-2"), kind_of("between-layers"), kind_of("head")
    ('recurrent', 'between', 'head')
    """
    if stage_id in _KINDS:
        return _KINDS[stage_id]
    return "recurrent" if stage_id.startswith("recurrent") else "between"


def _reached(
    stage: Stage, prediction: Prediction, measured: dict[str, Stage], planned: tuple[Place, ...]
) -> SceneStage:
    kind = kind_of(stage.id)
    return SceneStage(
        id=stage.id, kind=kind, number=0, title=stage.title,
        code=_code(stage, prediction), tensor=stage.tensor, label=stage.label, formula=stage.formula,
        sentence=stage.sentence, why=reasons(stage, prediction),
        layers=tuple(place.layer for place in planned if place.stage == stage.id), shapes=stage.layers,
        parameters=stage.parameters, parameter_formula=stage.parameter_formula,
        findings=tuple(found for found in prediction.findings if found.stage == stage.id),
        status=_status(stage, measured.get(stage.id)) if _is_asked(stage, prediction) else None,
        starts_from=_start(stage.layers, planned),
    )  # fmt: skip


def _start(shapes: Sequence[LayerShape], planned: Sequence[Place]) -> str:
    found = [recurrent_of(shape.layer) for shape in shapes]
    starts = [layer.initial_state for layer in found if layer is not None and layer.initial_state is not None]
    return planned[starts[0]].stage if starts else ""


def _is_asked(stage: Stage, prediction: Prediction) -> bool:
    """Tell where Keras has a say; a loss that is silently wrong must not seem to have its blessing."""
    if stage.id == "loss":
        return prediction.comparison is None or prediction.comparison.is_right
    return bool(stage.layers) or kind_of(stage.id) == "input"


def _missing(stage_id: str, title: str, layers: tuple[Layer, ...], prediction: Prediction) -> SceneStage:
    return SceneStage(
        id=stage_id, kind=kind_of(stage_id), number=0, title=title, code=_calls(layers),
        label=prediction.label if stage_id == "loss" else None, layers=layers,
        findings=tuple(found for found in prediction.findings if found.stage == stage_id),
    )  # fmt: skip


def _status(stage: Stage, measured: Stage | None) -> Status:
    if measured is None:
        return Status("predicted", "predicted")
    if (measured.shape, measured.parameters) == (stage.shape, stage.parameters):
        return Status("agrees", "Keras agrees")
    if measured.shape != stage.shape:
        return Status("differs", "Keras says", str(measured.tensor))
    return Status("differs", "Keras counts", f"{measured.parameters:,}")


def _code(stage: Stage, prediction: Prediction) -> tuple[str, ...]:
    exp, facts = prediction.exp, prediction.facts
    match stage.id:
        case "raw-data":
            return (exp.dataset, *((exp.group,) if exp.group else ()))
        case "scaling":
            return (f"scaling={exp.scaling!r}", *(("scaler_fit='all'",) if exp.scaler_fit == "all" else ()))
        case "windowing":
            how = f"padding={exp.padding!r}" if facts.is_sequences else f"stride={exp.stride}"
            lags = ("lags='features'",) if exp.lags == "features" else ()
            return (f"timesteps={exp.timesteps}", how, *lags)
        case "labels":
            return (f"labels={exp.labels!r}" + ("" if facts.is_sequences else f", horizon={exp.horizon}"),)
        case "batching":
            return (f"batch_size={exp.batch_size}", "shuffled" if exp.shuffled else "in order")
        case "input-layer":
            return (stage.formula, *(layer.layer.code for layer in stage.layers))
        case "loss":
            loss = prediction.comparison.loss if prediction.comparison else ""
            return (f"loss={loss!r}", *_weights(exp.class_weight))
        case _:
            return _calls([layer.layer for layer in stage.layers])


def _weights(given: ClassWeight | None) -> tuple[str, ...]:
    if given is None or given == "balanced":
        return ("class_weight='balanced'",) if given else ()
    few = ", ".join(f"{number}: {weight:g}" for number, weight in given[:2])
    return (f"class_weight={{{few}{', …' if len(given) > 2 else ''}}}",)


def _calls(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Write the calls that make layers; a state that is handed over is told to the call of the layer, not here."""
    return tuple(code for layer in layers for code in _call(layer))


def _call(layer: Layer) -> tuple[str, ...]:
    if not isinstance(layer, Recurrent) or layer.initial_state is None:
        return (layer.code,)
    state = "[h, c]" if layer.num_states == 2 else "h"
    return replace(layer, initial_state=None).code, f"initial_state={state}"
