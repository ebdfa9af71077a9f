"""What is to be drawn, as values: the experiment's stages with its own rows, numbers and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.data import Prepared
from lstm_course.drawing.inside.trace import LayerTrace, NetworkTrace, carried_states
from lstm_course.drawing.kept_traces import kept_trace
from lstm_course.drawing.rows_view import RowsView, WindowView, rows_view, window_view
from lstm_course.drawing.why import Why, reasons
from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional, Layer, Masking, recurrent_of
from lstm_course.shapes import Comparison, Finding, LayerShape, Prediction, Stage, Tensor
from lstm_course.shapes.network import Place, places

_COLUMNS_BYTES = 31_000  # of a diagram of 100 kB
MAX_EARLIER = 50
"""Windows of a lane that are gone through before a stateful one; what lies further back has faded."""

Kind = Literal[
    "rows", "scaling", "windows", "labels", "batches", "input", "recurrent", "between", "head", "loss"
]
_KINDS: dict[str, Kind] = {
    "raw-data": "rows", "scaling": "scaling", "windowing": "windows", "labels": "labels", "batching": "batches",
    "input-layer": "input", "head": "head", "loss": "loss",
}  # fmt: skip


class HasWeights(Protocol):
    """A run: anything that holds the weights of the trained model."""

    @property
    def weights(self) -> Sequence[NDArray[np.floating]]:
        """All arrays of the model, as `model.get_weights()`."""


@dataclass(frozen=True)
class Status:
    """What Keras says of a stage."""

    kind: Literal["predicted", "agrees", "differs"]  # not asked yet; the same; something else
    text: str  # to show
    detail: str = ""  # what Keras says instead

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return self.text if self.kind == "predicted" else "Keras"


@dataclass(frozen=True)
class SceneStage:
    """One stage, ready to be drawn."""

    id: str  # what lessons focus
    kind: Kind  # how it is drawn
    number: int  # place from the bottom, from 1; labels have that of the windows beside them
    title: str  # name
    code: tuple[str, ...]  # what Keras or the course is told
    tensor: Tensor | None = None  # what leaves upwards; None where the network does not reach
    label: Tensor | None = None  # the labels at this stage
    formula: str = ""  # how the shape comes about
    sentence: str = ""  # what happens here
    why: tuple[Why, ...] = ()  # what becomes of each axis
    layers: tuple[Layer, ...] = ()  # the layers that belong here
    shapes: tuple[LayerShape, ...] = ()  # their shapes, as far as they have one
    parameters: int = 0  # numbers that training changes
    parameter_formula: str = ""  # how they are counted
    findings: tuple[Finding, ...] = ()  # what is wrong here
    status: Status | None = None  # what Keras says; None for stages without Keras
    reads: tuple[str, ...] | None = None  # ids of the stages that it reads; None: the one under it
    starts_from: str = (
        ""  # id of the stage whose last state starts this one; empty: zeros, or the batch before
    )

    @property
    def is_reached(self) -> bool:
        """Whether the network gets as far as this."""
        return self.tensor is not None


@dataclass(frozen=True)
class Scene:
    """Everything that the drawers need."""

    title: str  # what it shows, in one line
    stages: tuple[SceneStage, ...]  # from the bottom up
    label: Tensor | None = None  # labels of one batch, where there are any
    comparison: Comparison | None = None  # how they meet the output; None without labels or output
    class_names: tuple[str, ...] = ()  # names of the classes that the output may name
    prediction: Prediction | None = None  # what the rules say; None for a model of unknown data
    rows: RowsView | None = None  # the table; None where there is no data
    window: WindowView | None = None  # the chosen window; None where there is none
    trace: NetworkTrace | None = None  # every number of the network for it; None without weights
    focus: str | None = None  # id of the stage that is lit
    timestep: int | None = None  # chosen timestep, from 0
    unit: int = 0  # chosen unit, from 0
    marked: frozenset[str] = frozenset()  # ids of the stages that differ from those of another scene

    @property
    def known(self) -> Prediction:
        """What the rules say of the data, for the stages below the network.

        Raises:
            ValueError: when the scene shows a model without its data.
        """
        if self.prediction is None:
            raise ValueError(
                "This scene shows a model without its data, so it has no windows and no batches."
            )
        return self.prediction

    @property
    def exp(self) -> Experiment:
        """The experiment."""
        return self.known.exp

    @property
    def masks_padding(self) -> bool:
        """Whether Masking looks for the value of the padding; for a model without data, whether there is one."""
        masks = [layer for stage in self.stages for layer in stage.layers if isinstance(layer, Masking)]
        if self.prediction is None:
            return bool(masks)
        return any(mask.mask_value == self.exp.pad_value for mask in masks)

    def opens(self, stage: SceneStage) -> bool:
        """Tell whether one can look inside a stage: its numbers are known."""
        return self.trace is not None and any(layer.stage == stage.id for layer in self.trace.recurrent)

    def stage(self, stage_id: str) -> SceneStage | None:
        """Return a stage by its id."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def trace_of(self, position: int) -> LayerTrace | None:
        """Return the numbers of one layer, or None where they are not known."""
        if self.trace is None:
            return None
        return next((layer for layer in self.trace.layers if layer.shape.position == position), None)

    @property
    def num_columns(self) -> int:
        """Timesteps that are drawn at most: fewer where many layers would draw them again and again."""
        found = [shape.layer for stage in self.stages if stage.kind == "recurrent" for shape in stage.shapes]
        return max(3, min(12, int(_COLUMNS_BYTES / max(sum(map(_column_bytes, found)), 1))))

    @property
    def least_step(self) -> int:
        """Least distance of two timesteps: more where two readings of two states have wires between their boxes."""
        wide = (layer for stage in self.stages for layer in stage.layers if isinstance(layer, Bidirectional))
        return 50 if any(layer.layer.num_states > 1 for layer in wide) else 46

    @property
    def is_late(self) -> bool:
        """Whether the last timesteps say more than the first, which are padding."""
        return self.window is not None and bool(self.window.padded) and self.window.padded[0]


def _column_bytes(layer: Layer) -> int:
    """Estimate what one timestep of a layer takes in the SVG: its boxes, and the circles in them."""
    recurrent = recurrent_of(layer)
    if recurrent is None:
        return 0
    readings = 2 if isinstance(layer, Bidirectional) else 1
    return readings * (700 + 125 * min(recurrent.units, 5) * recurrent.num_states)


def title_of(prediction: Prediction) -> str:
    """Say in one line what a diagram of an experiment shows."""
    exp = prediction.exp
    if prediction.facts.is_sequences:
        return f"One sequence of {exp.dataset}, through {_network_name(exp)}, to its class"
    goal = "class" if exp.is_classification else "label"
    return f"One window of {exp.dataset}, through {_network_name(exp)}, to its {goal}"


def _network_name(exp: Experiment) -> str:
    names = [layer.keras_name for layer in exp.recurrent_layers]
    if len(names) == 1:
        wrapped = any(isinstance(layer, Bidirectional) for layer in exp.layers)
        article = "an" if names[0] == "LSTM" and not wrapped else "a"
        return f"{article} {'bidirectional ' if wrapped else ''}{names[0]}"
    count = ("two", "three", "four")[len(names) - 2]
    return f"{count} {names[0] if len(set(names)) == 1 else 'recurrent'} layers"


def build_scene(
    prediction: Prediction,
    *,
    prepared: Prepared | None = None,
    observed: Sequence[Stage] | None = None,
    weights: Sequence[ArrayLike] | None = None,
    window: int = 0,
    timestep: int | None = None,
    unit: int = 0,
    focus: str | None = None,
    table: Prepared | None = None,
) -> Scene:
    """Gather what the drawers need.

    Args:
        prediction: what the rules say of the experiment.
        prepared: its rows, windows and labels; None draws shapes without values.
        observed: the same stages as measured on a real Keras model; None: not measured yet.
        weights: all arrays of the model, as `model.get_weights()`; None draws no states.
        window: number of the training sample that is followed upwards; the last one if there are fewer.
        timestep: chosen timestep, from 0.
        unit: chosen unit, from 0.
        focus: id of the stage that is lit.
        table: the rows alone, where there are no windows.
    """
    chosen = window_view(prepared, window) if prepared is not None else None
    source = prepared or table
    trace = None
    if weights is not None and chosen is not None and prediction.layers:
        trace = kept_trace(
            prediction, weights, chosen.inputs, _before(prediction, prepared, weights, chosen.number)
        )
    return Scene(
        title=title_of(prediction), stages=scene_stages(prediction, observed), label=prediction.label,
        comparison=prediction.comparison, class_names=prediction.facts.class_names, prediction=prediction,
        rows=rows_view(source, chosen) if source is not None else None,
        window=chosen, trace=trace, focus=focus, timestep=timestep, unit=unit,
    )  # fmt: skip


def _before(
    prediction: Prediction, prepared: Prepared | None, weights: Sequence[ArrayLike], window: int
) -> dict[int, tuple[NDArray[np.floating], ...]]:
    """Give the states that stateful layers hold when a window arrives: those that its lane left behind."""
    if not prediction.exp.stateful or prepared is None:
        return {}
    size = prediction.exp.batch_size
    earlier = range(window % size, window, size)
    return carried_states(prediction, weights, [prepared.X["train"][row] for row in earlier][-MAX_EARLIER:])


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
        id=stage_id, kind=kind_of(stage_id), number=0, title=title, code=tuple(layer.code for layer in layers),
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
            return (f"loss={loss!r}",)
        case _:
            return tuple(layer.layer.code for layer in stage.layers)
