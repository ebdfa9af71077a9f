"""The scene of a described model: its inputs and layers in the order in which one reads them, and what reads what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lstm_course.drawing.described import LayerDescription, ModelDescription, Shape
from lstm_course.drawing.model_layers import call_of, label_of, layer_shape, spec_of, tensor_of
from lstm_course.drawing.model_words import layer_why, output_name, own_name, sentence_of
from lstm_course.drawing.scene import Kind, Scene, SceneStage, Status
from lstm_course.drawing.values import OPEN
from lstm_course.layers import Recurrent, recurrent_of
from lstm_course.shapes import Comparison, LayerShape, Tensor, compare

_OPEN = "The shape of one sample; the batch axis stays open."


def model_scene(model: ModelDescription, focus: str | None = None) -> Scene:
    """Make the scene of a model."""
    label = None if model.label is None else label_of(model.label)
    building = _Building(model, label)
    for name in _order(model):
        building.add(name)
    stages = building.stages
    comparison = _comparison(model, stages[-1].tensor, label) if len(building.ends) == 1 else None
    if comparison is not None:
        stages.append(_loss_stage(model, comparison, len(stages) + 1))
    return Scene(
        title=f"The model {model.name}, layer by layer", stages=tuple(stages), label=label, comparison=comparison,
        focus=focus,
    )  # fmt: skip


def _reads(model: ModelDescription) -> dict[str, tuple[str, ...]]:
    """Say for each layer the names of the inputs and layers that it reads."""
    known, below = set(model.sources), model.sources[0]
    found: dict[str, tuple[str, ...]] = {}
    for layer in model.layers:
        found[layer.name] = tuple(name for name in layer.inbound if name in known) or (below,)
        known.add(layer.name)
        below = layer.name
    return found


def _order(model: ModelDescription) -> Iterator[str]:
    """Go through inputs and layers so that each branch is told to its end before the next one begins."""
    reads, seen = _reads(model), set[str]()
    read = {name for names in reads.values() for name in names}

    def visit(name: str) -> Iterator[str]:
        if name in seen:
            return
        seen.add(name)
        for below in _first_the_state(model, name, reads.get(name, ())):
            yield from visit(below)
        yield name

    for name in reads:
        if name not in read:
            yield from visit(name)


def _first_the_state(model: ModelDescription, name: str, reads: tuple[str, ...]) -> tuple[str, ...]:
    """Put the layer first whose state starts another: an encoder is told before its decoder."""
    starts = {layer.name: layer.arguments.get("initial_state") for layer in model.layers}
    start = starts.get(name)
    if not isinstance(start, int) or isinstance(start, bool):
        return reads
    return tuple(sorted(reads, key=lambda each: each != model.layers[start].name))


@dataclass
class _Building:
    """The stages of a model as they are found, from the bottom up."""

    model: ModelDescription  # what is drawn
    label: Tensor | None  # labels of a batch
    stages: list[SceneStage] = field(default_factory=list)  # found so far
    ids: dict[str, str] = field(default_factory=dict)  # name in the model to id of the stage
    counts: dict[str, int] = field(default_factory=dict)  # stages of each kind

    @property
    def ends(self) -> tuple[str, ...]:
        """Layers that no layer reads."""
        reads = _reads(self.model)
        read = {name for names in reads.values() for name in names}
        return tuple(name for name in reads if name not in read)

    def add(self, name: str) -> None:
        """Add the stage of an input or a layer."""
        sources = self.model.sources
        if name in sources:
            self._keep(name, self._input(name, self.model.inputs[sources.index(name)]))
            return
        position = next(place for place, layer in enumerate(self.model.layers) if layer.name == name)
        self._keep(name, self._layer(self.model.layers[position], position))

    def _keep(self, name: str, stage: SceneStage) -> None:
        self.ids[name] = stage.id
        self.stages.append(stage)

    def _tensor(self, name: str) -> Tensor:
        found = next(stage.tensor for stage in self.stages if stage.id == self.ids[name])
        return found if found is not None else Tensor((), ())

    def _id(self, kind: str, first: str) -> str:
        count = self.counts[kind] = self.counts.get(kind, 0) + 1
        return first if count == 1 else f"{first.removesuffix('-1')}-{count}"

    def _input(self, name: str, shape: Shape) -> SceneStage:
        readers = [layer for layer in self.model.layers if name in _reads(self.model)[layer.name]]
        words = any(layer.class_name == "Embedding" for layer in readers)
        tensor = tensor_of(shape, ("timesteps",) if words else ("timesteps", "features"))
        several = len(self.model.inputs) > 1
        title = f"Input {name}" if several else "Input"
        return SceneStage(
            id=self._id("input", "input-layer"), kind="input" if tensor.rank in (2, 3) else "between",
            number=len(self.stages) + 1, title=title, code=(_input_call(shape),),
            tensor=tensor, label=None if several else self.label,
            sentence=_OPEN if shape[0] is None else "The shape of one batch.", reads=(),
        )  # fmt: skip

    def _layer(self, layer: LayerDescription, position: int) -> SceneStage:
        names = _reads(self.model)[layer.name]
        shape = layer_shape(layer, position, self._tensor(names[0]))
        takes = tuple((self.ids[name], place) for name, place in layer.reads if name in self.ids)
        entered = [self._taken(*each) for each in takes] or [self._tensor(name) for name in names]
        shape = _of_one_name(shape, entered)
        starts_from = self._start(shape)
        reads = tuple(self.ids[name] for name in names if self.ids[name] != starts_from or len(names) == 1)
        given = (starts_from,) if starts_from else reads[1:] or reads
        started = f" Its first state comes from stage {self._numbers(given)}." if _is_given(layer) else ""
        kind = self._kind(layer, shape)
        first = {"head": "head", "recurrent": "recurrent-layer-1"}.get(kind, "between-layers")
        below = self.stages[-1].id
        states = self._states(takes, reads)
        joins = (
            [f"reads {states or self._numbers(reads)}"]
            if states or any(each != below for each in reads)
            else []
        )
        return SceneStage(
            id=self._id(kind, first),
            kind=kind, number=len(self.stages) + 1, title=_title(layer),
            code=(call_of(layer, shape.layer), *own_name(layer), *joins),
            tensor=shape.output, formula=shape.shape_formula, sentence=sentence_of(layer) + started,
            why=layer_why(layer, shape, entered), layers=(shape.layer,), shapes=(shape,), parameters=layer.parameters,
            parameter_formula=shape.parameter_formula, status=Status("agrees", "from Keras"),
            reads=reads, takes=takes, starts_from=starts_from,
            is_given_state=not starts_from and _is_given(layer),
        )  # fmt: skip

    def _taken(self, stage_id: str, place: int) -> Tensor:
        """Give the shape of one output of a stage: what leaves upwards, or a last state."""
        stage = next(stage for stage in self.stages if stage.id == stage_id)
        states = stage.shapes[0].states if stage.shapes else ()
        found = states[place - 1] if 0 < place <= len(states) else stage.tensor
        return found if found is not None else Tensor((), ())

    def _states(self, takes: tuple[tuple[str, int], ...], reads: tuple[str, ...]) -> str:
        """Name the last states that a layer reads, where it reads nothing else and all are of one stage."""
        if (
            len(reads) != 1
            or {stage for stage, _ in takes} != {reads[0]}
            or not all(place for _, place in takes)
        ):
            return ""
        stage = next(stage for stage in self.stages if stage.id == reads[0])
        names = [output_name(layer, place) for layer in stage.layers[:1] for _, place in takes]
        return f"{' and '.join(names)} of {stage.number}" if all(names) else ""

    def _numbers(self, reads: tuple[str, ...]) -> str:
        *most, last = (str(stage.number) for stage in self.stages if stage.id in reads)
        return f"{', '.join(most)} and {last}" if most else last

    def _start(self, shape: LayerShape) -> str:
        layer = shape.layer
        if not isinstance(layer, Recurrent) or layer.initial_state is None:
            return ""
        source = self.model.layers[
            layer.initial_state
        ]  # only one that shows its last states has wires for them
        return self.ids.get(source.name, "") if isinstance(spec_of(source), Recurrent) else ""

    def _kind(self, layer: LayerDescription, shape: LayerShape) -> Kind:
        if recurrent_of(shape.layer) and shape.input.rank == 3:
            return "recurrent"
        return "head" if self.ends == (layer.name,) else "between"


def _is_given(layer: LayerDescription) -> bool:
    """Tell whether the call of a layer gave it its first state."""
    return "initial_state" in layer.arguments


def _of_one_name(shape: LayerShape, entered: list[Tensor]) -> LayerShape:
    """Call the last axis as those are called that were joined in it, where they have one name."""
    last = {tensor.axes[-1] for tensor in entered if tensor.rank > 1}
    if len(entered) < 2 or len(last) != 1 or shape.output.rank < 2 or recurrent_of(shape.layer):
        return shape
    return replace(shape, output=Tensor(shape.output.shape, (*shape.output.axes[:-1], *last)))


def _comparison(model: ModelDescription, output: Tensor | None, label: Tensor | None) -> Comparison | None:
    if output is None or label is None:
        return None
    size = label.shape[0]
    same_batch = Tensor(
        (size if output.shape[0] == OPEN else output.shape[0], *output.shape[1:]), output.axes
    )
    return compare(label, same_batch, model.loss or "mse")


def _loss_stage(model: ModelDescription, comparison: Comparison, number: int) -> SceneStage:
    told = f"loss={model.loss!r}" if model.loss else "not compiled: as with 'mse'"
    return SceneStage(
        id="loss", kind="loss", number=number, title="Loss", code=(told,),
        tensor=comparison.output, label=comparison.label, formula=comparison.sentence,
        sentence=f"{comparison.loss} compares the output with the labels.",
    )  # fmt: skip


def _input_call(shape: Shape) -> str:
    return f"Input(shape={shape[1:]})" if shape[0] is None else f"Input(batch_shape={shape})"


def _title(layer: LayerDescription) -> str:
    return f"{layer.class_name}({layer.inner.class_name})" if layer.inner is not None else layer.class_name
