"""The diagram of any Keras model, from a description that holds no Keras object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from lstm_course.drawing.drawn import Drawn, Picture, known_theme
from lstm_course.drawing.layout import frame_of
from lstm_course.drawing.outline import outline
from lstm_course.drawing.palette import Theme
from lstm_course.drawing.scene import Kind, Scene, SceneStage, Status
from lstm_course.drawing.values import OPEN, shape_text
from lstm_course.drawing.whole import draw_whole
from lstm_course.drawing.why import layer_reasons
from lstm_course.layers import LAYERS, Dense, Layer, TimeDistributed, recurrent_of
from lstm_course.problems import ProblemError
from lstm_course.shapes import Comparison, LayerShape, Tensor, Weight, compare

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class LayerDescription:
    """One layer of a model, as plain values."""

    name: str  # its name in the model
    class_name: str  # its Keras class, such as "LSTM"
    inputs: tuple[Shape, ...]  # shapes that enter, the batch axis first, None where open
    outputs: tuple[Shape, ...]  # shapes that leave; with return_state the states follow the output
    arguments: Mapping[str, object] = field(default_factory=dict)  # arguments as in Keras's get_config
    parameters: int = 0  # numbers that it holds
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()  # name and shape of each weight array
    inbound: tuple[str, ...] = ()  # names of the layers that it reads; empty: the one before it
    inner: LayerDescription | None = None  # layer that a wrapper holds


@dataclass(frozen=True)
class ModelDescription:
    """A model, as plain values."""

    name: str  # its name
    layers: tuple[LayerDescription, ...]  # in the order in which they are computed, without input layers
    inputs: tuple[Shape, ...]  # shapes of its inputs, the batch axis first
    label: Shape | None = None  # shape of the labels of a batch, where they are known
    loss: str = ""  # name of its loss; empty: not compiled
    input_names: tuple[str, ...] = ()  # what layers call them that read them; empty: "input 1", "input 2", …

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return self.input_names or tuple(f"input {place}" for place in range(1, len(self.inputs) + 1))


@dataclass(frozen=True)
class PlainLayer(Layer):
    """A layer of which only the name is known."""

    class_name: str  # its Keras class
    written: str  # the call that makes it

    @property
    def keras_name(self) -> str:
        """Name of the Keras class."""
        return self.class_name

    @property
    def code(self) -> str:
        """The call that makes it."""
        return self.written


@dataclass(frozen=True, eq=False)
class ModelDiagram(Drawn):
    """A model as a picture."""

    scene: Scene  # what is drawn
    width: float = 1100  # pixels that it is made for
    theme: Theme = "auto"  # colours

    def picture(self, width: float | None = None) -> Picture:
        """Draw it for one width; None: as the diagram was made."""
        drawing = draw_whole(self.scene, frame_of(self.width if width is None else width))
        return Picture(drawing, self.scene.title)

    def outline(self) -> str:
        """Say the same in words."""
        return outline(self.scene)


def diagram_of_model(
    model: ModelDescription, *, focus: str | None = None, width: float = 1100, theme: Theme = "auto"
) -> ModelDiagram:
    """Draw a model from its description: every layer with its shapes, and the loss where labels are known.

    Layers that the course knows are drawn as in an experiment, others as plain boxes. A layer that reads
    something else than the one below it says what it reads.

    Args:
        model: the description.
        focus: id of the stage that is lit.
        width: pixels that it is made for, 320 or more.
        theme: "auto", "light" or "dark".

    Raises:
        ProblemError: when the description holds no layer or no input.
    """
    if not model.layers or not model.inputs:
        raise ProblemError(
            f"The model {model.name!r} has {len(model.inputs)} inputs and {len(model.layers)} layers; "
            "build it (call it once, or give it an Input) before drawing it."
        )
    return ModelDiagram(model_scene(model, focus), width, known_theme(theme))


def model_scene(model: ModelDescription, focus: str | None = None) -> Scene:
    """Make the scene of a model."""
    label = None if model.label is None else _label(model.label)
    first = _tensor(model.inputs[0], ("timesteps", "features"))
    stages = [_input_stage(model, first, label)]
    known = {
        name: _tensor(shape, ("timesteps", "features"))
        for name, shape in zip(model.sources, model.inputs, strict=True)
    }
    counts = {"recurrent": 0, "between": 0}
    for position, layer in enumerate(model.layers):
        below = known.get(layer.inbound[0], first) if layer.inbound else _above(stages, first)
        shape = layer_shape(layer, position, below)
        known[layer.name] = shape.output
        kind = _kind(shape, position == len(model.layers) - 1)
        stages.append(_stage(model, position, shape, kind, _id(kind, counts), len(stages) + 1))
    comparison = _comparison(model, stages[-1].tensor, label)
    if comparison is not None:
        stages.append(_loss_stage(model, comparison, len(stages) + 1))
    return Scene(
        title=f"The model {model.name}, layer by layer", stages=tuple(stages), label=label, comparison=comparison,
        class_names=(), prediction=None, rows=None, window=None, trace=None, focus=focus,
    )  # fmt: skip


def _above(stages: list[SceneStage], first: Tensor) -> Tensor:
    tensor = stages[-1].tensor
    return first if tensor is None else tensor


def layer_shape(layer: LayerDescription, position: int, below: Tensor) -> LayerShape:
    """Say what a described layer does to a shape, with names for the axes."""
    spec = spec_of(layer)
    entered = layer.inputs[0] if layer.inputs else below.shape
    taken = (
        below if below.shape == tuple(map(_size, entered)) else _tensor(entered, ("timesteps", "features"))
    )
    output = _output(spec, layer, taken)
    states = tuple(_tensor(shape, ("units",)) for shape in layer.outputs[1:])
    return LayerShape(
        position=position, layer=spec, input=taken, output=output, states=states,
        weights=tuple(Weight(name, shape) for name, shape in layer.weights), parameters=layer.parameters,
        shape_formula=f"{shape_text(taken)} → {shape_text(output)}", parameter_formula=_sizes(layer),
    )  # fmt: skip


def _sizes(layer: LayerDescription) -> str:
    return " + ".join(" · ".join(map(str, shape)) or "1" for _, shape in layer.weights)


def spec_of(layer: LayerDescription) -> Layer:
    """Make the course's layer from a description, or a plain one where it has none.

    >>> spec_of(LayerDescription("a", "LSTM", (), (), {"units": 4, "dtype": "float32"})).code
    'LSTM(4)'
    >>> spec_of(LayerDescription("a", "Conv1D", (), (), {"filters": 8})).code
    'Conv1D(filters=8)'
    """
    told = _as_layer(layer)
    kind = LAYERS.get(told.class_name)
    if kind is not None:
        names = {item.name for item in fields(kind)}
        given = {name: _plain(value) for name, value in told.arguments.items() if name in names}
        if told.inner is not None:
            given["layer"] = spec_of(told.inner)
        try:
            return kind(**given)
        except (ProblemError, TypeError):
            pass  # Keras allows more than the course: the layer is drawn by its name
    held = [layer.inner.class_name] if layer.inner is not None else []
    written = ", ".join([*held, *(f"{name}={value!r}" for name, value in layer.arguments.items())])
    return PlainLayer(layer.class_name, f"{layer.class_name}({written})")


def _as_layer(layer: LayerDescription) -> LayerDescription:
    """Take RNN with a cell that Keras knows as the layer that does the same."""
    cell = layer.inner.class_name if layer.inner is not None else ""
    if layer.class_name != "RNN" or cell.removesuffix("Cell") not in LAYERS or layer.inner is None:
        return layer
    arguments = {**layer.inner.arguments, **layer.arguments}
    return replace(layer, class_name=cell.removesuffix("Cell"), arguments=arguments, inner=None)


def _call(layer: LayerDescription, spec: Layer) -> str:
    """Write the call that makes a layer; RNN keeps its cell."""
    if layer.class_name != "RNN" or isinstance(spec, PlainLayer) or layer.inner is None:
        return spec.code
    cell = spec_of(replace(layer.inner, class_name=spec.keras_name)).code.replace("(", "Cell(", 1)
    return f"RNN({', '.join([cell, *(f'{name}={value!r}' for name, value in layer.arguments.items())])})"


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _output(spec: Layer, layer: LayerDescription, below: Tensor) -> Tensor:
    shape = layer.outputs[0] if layer.outputs else below.shape
    last = "units" if recurrent_of(spec) or isinstance(spec, Dense | TimeDistributed) else "features"
    if len(shape) == below.rank:
        same_last = below.rank > 0 and _size(shape[-1]) == below.shape[-1] and last == "features"
        axes = below.axes if same_last else (*below.axes[:-1], last)
        return Tensor(tuple(map(_size, shape)), axes)
    return _tensor(shape, ("timesteps", last) if len(shape) > 2 else (last,))


def _size(size: int | None) -> int:
    return OPEN if size is None else size


def _tensor(shape: Shape, names: tuple[str, ...]) -> Tensor:
    rank = len(shape)
    if rank <= len(names):  # the outer axes are missing, the last one stays
        names = names[len(names) + 1 - rank :]
    spare = ("axis",) * (rank - 1 - len(names))
    return Tensor(tuple(map(_size, shape)), ("batch", *spare, *names)[:rank])


def _label(shape: Shape) -> Tensor:
    names = {1: (), 2: ("horizon",), 3: ("horizon", "targets")}.get(len(shape), ("axis",) * (len(shape) - 1))
    return Tensor(tuple(map(_size, shape)), ("batch", *names)[: len(shape)])


def _kind(shape: LayerShape, is_last: bool) -> Kind:
    if recurrent_of(shape.layer) and shape.input.rank == 3:
        return "recurrent"
    return "head" if is_last else "between"


def _id(kind: Kind, counts: dict[str, int]) -> str:
    if kind == "head":
        return "head"
    counts[kind] += 1
    if kind == "recurrent":
        return f"recurrent-layer-{counts[kind]}"
    return "between-layers" if counts[kind] == 1 else f"between-layers-{counts[kind]}"


def _input_stage(model: ModelDescription, tensor: Tensor, label: Tensor | None) -> SceneStage:
    others = tuple(f"and Input(shape={shape[1:]})" for shape in model.inputs[1:])
    return SceneStage(
        id="input-layer", kind="input" if tensor.rank == 3 else "between", number=1, title="Input",
        code=(f"Input(shape={shape_text(tensor)[1:].split(', ', 1)[-1].join(('(', ''))})", *others), tensor=tensor,
        label=label, formula="", sentence="The shape of one sample; the batch axis stays open.", why=(), layers=(),
        shapes=(), parameters=0, parameter_formula="", findings=(), status=None,
    )  # fmt: skip


def _stage(
    model: ModelDescription, position: int, shape: LayerShape, kind: Kind, stage_id: str, number: int
) -> SceneStage:
    layer = model.layers[position]
    below = model.layers[position - 1].name if position else model.sources[0]
    others = tuple(name for name in layer.inbound if name != below)
    names = {*(item.name for item in model.layers), *model.sources}
    joins = tuple(f"reads {name}" for name in others if name in names)
    return SceneStage(
        id=stage_id, kind=kind, number=number, title=layer.class_name, code=(_call(layer, shape.layer), *joins),
        tensor=shape.output, label=None, formula=shape.shape_formula, sentence=f"Layer {layer.name!r} of the model.",
        why=layer_reasons(shape), layers=(shape.layer,), shapes=(shape,), parameters=layer.parameters,
        parameter_formula=shape.parameter_formula, findings=(), status=Status("agrees", "from Keras"),
        reads_below=not layer.inbound or below in layer.inbound or not position,
    )  # fmt: skip


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
        sentence=f"{comparison.loss} compares the output with the labels.", why=(), layers=(), shapes=(),
        parameters=0, parameter_formula="", findings=(), status=None,
    )  # fmt: skip
