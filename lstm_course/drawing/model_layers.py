"""The layers of a described model: those that the course knows as its own, the shapes with names for their axes."""

from __future__ import annotations

from dataclasses import fields, replace

from lstm_course.drawing.described import LayerDescription, PlainLayer, Shape
from lstm_course.drawing.values import OPEN, shape_text
from lstm_course.layers import LAYERS, Dense, Layer, Recurrent, TimeDistributed, recurrent_of
from lstm_course.problems import ProblemError
from lstm_course.shapes import LayerShape, Tensor, Weight


def layer_shape(layer: LayerDescription, position: int, below: Tensor) -> LayerShape:
    """Say what a described layer does to a shape, with names for the axes."""
    spec = spec_of(layer)
    entered = layer.inputs[0] if layer.inputs else below.shape
    taken = (
        below if below.shape == tuple(map(_size, entered)) else tensor_of(entered, ("timesteps", "features"))
    )
    output = _output(spec, layer, taken)
    states = tuple(tensor_of(shape, ("units",)) for shape in layer.outputs[1:])
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
        if isinstance(given.get("initial_state"), str):
            del given["initial_state"]  # an input of the model, and no layer with a place
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


def call_of(layer: LayerDescription, spec: Layer) -> str:
    """Write the call that makes a layer; RNN keeps its cell, and a state given in the call is no argument of it."""
    if isinstance(spec, Recurrent) and spec.initial_state is not None:
        spec = replace(spec, initial_state=None)
    if layer.class_name != "RNN" or isinstance(spec, PlainLayer) or layer.inner is None:
        return spec.code
    cell = spec_of(replace(layer.inner, class_name=spec.keras_name)).code.replace("(", "Cell(", 1)
    return f"RNN({', '.join([cell, *(f'{name}={value!r}' for name, value in layer.arguments.items())])})"


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _output(spec: Layer, layer: LayerDescription, below: Tensor) -> Tensor:
    shape = layer.outputs[0] if layer.outputs else below.shape
    inner = spec.layer if isinstance(spec, TimeDistributed) else spec
    recurrent = (
        recurrent_of(spec) or layer.class_name == "Bidirectional"
    )  # merge_mode=None is no layer of ours
    last = "units" if recurrent or isinstance(inner, Dense) else "features"
    if len(shape) == below.rank:
        same_last = below.rank > 0 and _size(shape[-1]) == below.shape[-1] and last == "features"
        axes = below.axes if same_last else (*below.axes[:-1], last)
        return Tensor(tuple(map(_size, shape)), axes)
    if layer.class_name.startswith("ConvLSTM") and len(shape) == below.rank - 1:  # of the last timestep alone
        return Tensor(tuple(map(_size, shape)), ("batch", *below.axes[2:-1], last))
    if below.rank and shape and _size(shape[-1]) == below.shape[-1] and last == "features":
        last = below.axes[-1]
    return tensor_of(shape, ("timesteps", last) if len(shape) > 2 else (last,))


def _size(size: int | None) -> int:
    return OPEN if size is None else size


def tensor_of(shape: Shape, names: tuple[str, ...]) -> Tensor:
    """Name the axes of a shape: the batch first, then the given names; axes without one stand before the last.

    >>> tensor_of((None, 6, 8, 8, 1), ("timesteps", "features")).axes
    ('batch', 'timesteps', 'axis', 'axis', 'features')
    """
    rank = len(shape)
    if rank <= len(names):  # the outer axes are missing, the last one stays
        names = names[len(names) + 1 - rank :]
    spare = ("axis",) * (rank - 1 - len(names))
    return Tensor(tuple(map(_size, shape)), ("batch", *names[:-1], *spare, *names[-1:])[:rank])


def label_of(shape: Shape) -> Tensor:
    """Name the axes of labels."""
    names = {1: (), 2: ("horizon",), 3: ("horizon", "targets")}.get(len(shape), ("axis",) * (len(shape) - 1))
    return Tensor(tuple(map(_size, shape)), ("batch", *names)[: len(shape)])
