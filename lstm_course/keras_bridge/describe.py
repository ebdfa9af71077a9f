"""Any Keras model as plain values, so that it can be drawn: its layers, their shapes, and what they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import keras

from lstm_course.drawing.model import LayerDescription, ModelDescription, ModelDiagram, Shape
from lstm_course.drawing.model import diagram_of_model as draw_model
from lstm_course.drawing.palette import Theme
from lstm_course.keras_bridge.described_layers import layer_described
from lstm_course.keras_bridge.weights import load_model_safely
from lstm_course.problems import ProblemError

_TRACING = (ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError, KeyError, IndexError)
_SHORT = {
    "mean_squared_error": "mse", "mean_absolute_error": "mae", "mean_absolute_percentage_error": "mape",
    "mean_squared_logarithmic_error": "msle",
}  # fmt: skip


def diagram_of_model(
    model: keras.Model, x: Any = None, y: Any = None, *, focus: str | None = None, width: float = 1100,
    theme: Theme = "auto",
) -> ModelDiagram:  # fmt: skip
    """Draw a Keras model: every layer with its shapes and, where labels are given, whether they fit.

    Args:
        model: Sequential, functional, or, when `x` is given, a subclass of `keras.Model`.
        x: one batch of inputs; it fills in the axes that the model leaves open.
        y: the labels of that batch.
        focus: id of the stage that is lit, such as "recurrent-layer-1".
        width: pixels that it is made for, 320 or more.
        theme: "auto", "light" or "dark".

    Raises:
        ProblemError: when the model cannot be followed, or `x` does not fit it.
    """
    return draw_model(describe(model, x, y), focus=focus, width=width, theme=theme)


def diagram_of_file(path: str | Path, *, width: float = 1100, theme: Theme = "auto") -> ModelDiagram:
    """Draw the model in a `.keras` file, without running code that the file may carry.

    Args:
        path: a `.keras` file.
        width: pixels that it is made for, 320 or more.
        theme: "auto", "light" or "dark".

    Raises:
        ProblemError: when there is no such file, it is no Keras model, or it wants to run code.
    """
    return diagram_of_model(load_model_safely(path), width=width, theme=theme)


def describe(model: keras.Model, x: Any = None, y: Any = None) -> ModelDescription:
    """Describe a model with plain values.

    The shapes are those that Keras gives to symbolic tensors; nothing is computed. A Sequential model without
    an Input is built for `x`, as `fit` would build it.

    Args:
        model: Sequential, functional, or, when `x` is given, a subclass of `keras.Model`.
        x: one batch of inputs (or a list of them), the batch axis first; it fills in the axes left open.
        y: the labels of that batch.

    Raises:
        ProblemError: when the model cannot be followed, or `x` does not fit it.

    Example:
        >>> model = keras.Sequential([keras.Input((12, 1)), keras.layers.LSTM(4), keras.layers.Dense(1)])
        >>> [(layer.class_name, layer.outputs) for layer in describe(model).layers]
        [('LSTM', ((None, 4),)), ('Dense', ((None, 1),))]
    """
    given = [tuple(map(int, array.shape)) for array in _arrays(x)]
    graph = _graph_of(model, given)
    inputs = _filled(model.name, [tuple(tensor.shape) for tensor in graph.inputs], given)
    walk = _Walk()
    names = _input_names(graph)
    walk.follow(graph, inputs, [(name, 0) for name in names])
    labels = _arrays(y)
    label = tuple(map(int, labels[0].shape)) if len(labels) == len(graph.outputs) == 1 else None
    if label and inputs[0][0] is not None:
        label = (inputs[0][0], *label[1:])
    return ModelDescription(
        str(model.name), tuple(walk.layers), tuple(inputs), label, _loss_name(model), names
    )


def _input_names(graph: Any) -> tuple[str, ...]:
    """Give the names of the inputs: those that the author chose, else their numbers."""
    names = [str(tensor.name) for tensor in graph.inputs]
    if len(names) == 1:
        return ("the input",)
    return tuple(
        f"input {place}" if name.startswith(("keras_tensor", "input_layer")) else name
        for place, name in enumerate(names, 1)
    )


def _arrays(given: Any) -> list[Any]:
    if given is None:
        return []
    if isinstance(given, Mapping):
        return list(given.values())
    if isinstance(given, tuple) or (
        isinstance(given, list) and all(hasattr(each, "shape") for each in given)
    ):
        return list(given)
    return [given if hasattr(given, "shape") else keras.ops.convert_to_numpy(given)]


def _graph_of(model: Any, given: Sequence[Shape]) -> Any:
    """Give a functional model with the same layers, whatever the model is."""
    if not isinstance(model, keras.Model):
        raise ProblemError(f"Got {type(model).__name__}, expected a Keras model.")
    if isinstance(model, keras.Sequential):
        if not model.built and given:
            _try(model, lambda: model.build(given[0]))
        if not model.built:
            raise ProblemError(
                f"The model {model.name!r} is not built: it does not know the shape of its input. Put "
                "keras.Input((timesteps, features)) first, or give an array as well: diagram(model, x)."
            )
    if isinstance(model, keras.Sequential) or hasattr(model, "operations"):
        return keras.Model(model.inputs, model.outputs)
    if not given:
        raise ProblemError(
            f"The model {model.name!r} is a class of its own, {type(model).__name__}: what its layers read is known "
            "only when it is called. Give an array as well: diagram(model, x)."
        )
    return _traced(model, given)


def _traced(model: Any, given: Sequence[Shape]) -> Any:
    """Call a subclassed model with symbolic inputs, which notes what each layer reads."""
    inputs = [keras.Input(batch_shape=(None, *shape[1:])) for shape in given]
    outputs = _try(model, lambda: model.call(inputs[0] if len(inputs) == 1 else inputs))
    return keras.Model(inputs, outputs)


def _try(model: Any, act: Any) -> Any:
    try:
        return act()
    except _TRACING as error:
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ProblemError(
            f"Keras cannot follow the model {model.name!r} with this x: {line} "
            "Check the shape of x, (batch, timesteps, features)."
        ) from error


def _filled(name: str, inputs: Sequence[Shape], given: Sequence[Shape]) -> list[Shape]:
    """Put the sizes of the arrays where the model leaves an axis open."""
    if not given:
        return list(inputs)
    if len(given) != len(inputs):
        raise ProblemError(
            f"x holds {len(given)} arrays, the model {name!r} has {len(inputs)} inputs; give one each."
        )
    return [_fitted(name, own, shape) for own, shape in zip(inputs, given, strict=True)]


def _fitted(name: str, own: Shape, shape: Shape) -> Shape:
    if len(own) == len(shape) + 1 and own[-1] == 1:
        shape = (*shape, 1)  # as Keras does
    fits = len(own) == len(shape) and all(
        size in (None, axis) for size, axis in zip(own[1:], shape[1:], strict=True)
    )
    if not fits:
        raise ProblemError(
            f"x has the shape {shape}, but the model {name!r} expects {own}, where None stands for any size. "
            "Reshape x, or declare the model's Input as x is."
        )
    return tuple(axis if size is None else size for size, axis in zip(own, shape, strict=True))


_Source = tuple[str, int]
"""Name of an input or a layer, and which of its outputs, from 0."""


@dataclass
class _Walk:
    """Follows a graph from its inputs to its outputs, into models within models."""

    layers: list[LayerDescription] = field(default_factory=list)  # in the order in which they are computed
    seen: dict[int, int] = field(default_factory=dict)  # how often each layer was used, by its id

    def follow(self, graph: Any, inputs: Sequence[Shape], feeds: Sequence[_Source]) -> list[_Source]:
        """Note the layers of a graph, and say what makes its outputs.

        Args:
            graph: a functional model.
            inputs: shapes of its inputs.
            feeds: what makes its inputs: inputs of the whole, or outputs of layers.
        """
        nodes = list(_nodes(graph))
        shapes = _shapes(graph, nodes, inputs)
        makers = {id(tensor): source for tensor, source in zip(graph.inputs, feeds, strict=True)}
        for node in nodes:
            entering = [tensor for tensor in node.input_tensors if id(tensor) in makers]
            entered = [shapes[id(tensor)] for tensor in entering]
            read = [makers[id(tensor)] for tensor in entering]
            left = [shapes[id(tensor)] for tensor in node.output_tensors]
            made = self._operation(node.operation, entered, left, read)
            makers |= {id(tensor): source for tensor, source in zip(node.output_tensors, made, strict=True)}
        return [makers[id(tensor)] for tensor in graph.outputs]

    def _operation(
        self, operation: Any, entered: list[Shape], left: list[Shape], read: list[_Source]
    ) -> list[_Source]:
        if isinstance(operation, keras.Model) and getattr(operation, "inputs", None):
            return self.follow(keras.Model(operation.inputs, operation.outputs), entered, read)
        uses = self.seen[id(operation)] = self.seen.get(id(operation), 0) + 1
        described = layer_described(operation, entered, left, self._start(operation, read))
        if uses > 1:  # its weights are counted once
            described = replace(described, name=f"{described.name}, use {uses}", parameters=0, weights=())
        self.layers.append(
            replace(described, inbound=tuple(dict.fromkeys(name for name, _ in read)), reads=tuple(read))
        )
        return [(described.name, place) for place in range(len(left))]

    def _start(self, operation: Any, read: list[_Source]) -> dict[str, object]:
        """Say where the state comes from that a recurrent layer starts with, if it is given one."""
        if len(read) < 2 or not isinstance(operation, keras.layers.RNN | keras.layers.Bidirectional):
            return {}
        names = [layer.name for layer in self.layers]
        given = read[1][0]
        return {"initial_state": names.index(given) if given in names else given}


def _nodes(graph: Any) -> Iterator[Any]:
    """Give the calls of a graph in the order in which they are computed."""
    for depth in sorted(graph._nodes_by_depth, reverse=True):
        yield from (
            node for node in graph._nodes_by_depth[depth] if not node.is_input and not _makes_mask(node)
        )


def _makes_mask(node: Any) -> bool:
    """Tell a mask, which Keras computes by itself, from what the model was made of."""
    is_layer = isinstance(node.operation, keras.Layer)
    return not is_layer and all(tensor.dtype == "bool" for tensor in node.output_tensors)


def _shapes(graph: Any, nodes: Sequence[Any], inputs: Sequence[Shape]) -> dict[int, Shape]:
    """Give the shape of every tensor of a graph for inputs of given shapes."""
    tensors = [*graph.inputs, *(tensor for node in nodes for tensor in node.output_tensors)]
    symbols = [
        keras.KerasTensor(shape, dtype=own.dtype) for shape, own in zip(inputs, graph.inputs, strict=True)
    ]
    try:
        found = keras.Model(graph.inputs, tensors).compute_output_spec(symbols)
    except _TRACING:
        found = tensors  # a layer that cannot be asked: the shapes that it said when it was called
    return {id(tensor): tuple(spec.shape) for tensor, spec in zip(tensors, found, strict=True)}


def _loss_name(model: Any) -> str:
    loss = getattr(model, "loss", None)
    if isinstance(loss, list | tuple | Mapping):
        return ""
    name = loss if isinstance(loss, str) else getattr(loss, "name", None) or getattr(loss, "__name__", "")
    return _SHORT.get(str(name), str(name))
