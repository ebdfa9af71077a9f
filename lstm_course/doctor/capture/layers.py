"""Describe Keras layers and models as plain values."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from lstm_course.doctor.seen import LayerSeen, ModelSeen, Shape


def plain(value: Any) -> Any:
    """Turn an argument into something that pickles and prints."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, dict):
        return plain_config(value)
    name = getattr(value, "__name__", None) or type(value).__name__
    return str(name) if not hasattr(value, "item") or getattr(value, "ndim", None) != 0 else value.item()


def plain_config(config: dict[str, Any]) -> dict[str, Any]:
    """Keep the arguments of a configuration that are values."""
    if "class_name" in config and "config" in config:
        return {"class_name": str(config["class_name"])}
    return {str(key): plain(value) for key, value in config.items()}


def shapes_of(value: Any) -> tuple[Shape, ...]:
    """Give the shapes of all tensors in a nested value."""
    if isinstance(value, dict):
        return tuple(shape for item in value.values() for shape in shapes_of(item))
    if isinstance(value, list | tuple):
        return tuple(shape for item in value for shape in shapes_of(item))
    return () if getattr(value, "shape", None) is None else (shape_of(value),)


def shape_of(tensor: Any) -> Shape:
    """Give the shape of one tensor; unknown sizes are None."""
    try:
        return tuple(None if size is None else int(size) for size in tensor.shape)
    except (ValueError, TypeError):
        return ()


def given_arguments(cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Name the arguments that a program wrote, positional ones too."""
    names = [name for name in inspect.signature(cls.__init__).parameters if name != "self"]  # type: ignore[misc]
    given = dict(zip(names, args, strict=False)) | kwargs
    return {name: plain(value) for name, value in given.items()}


def config_of(layer: Any) -> dict[str, Any]:
    """Read the arguments of a layer, defaults included."""
    try:
        config = plain_config(layer.get_config())
    except (NotImplementedError, TypeError, AttributeError, ValueError, RuntimeError):
        config = {}
    for name in ("stateful", "return_sequences", "return_state", "supports_masking"):
        value = getattr(layer, name, None)
        if isinstance(value, bool):
            config.setdefault(name, value)
    return config


def describe_layer(layer: Any, notes: dict[int, dict[str, Any]]) -> LayerSeen:
    """Describe a layer with what was noted while it was made and called."""
    note = notes.get(id(layer), {})
    wrapped = getattr(layer, "layer", None) or getattr(layer, "forward_layer", None)
    declared_in, declared_out = _declared(layer)
    inbound, through = _inbound(_nodes(layer)[-1:])
    return LayerSeen(
        id=id(layer), cls=type(layer).__name__, name=str(getattr(layer, "name", "")),
        config=config_of(layer), given=note.get("given", {}), line=note.get("line", 0),
        inputs=declared_in or note.get("inputs", ()), outputs=declared_out or note.get("outputs", ()),
        fed=note.get("fed", ()),
        weights=tuple((str(weight.name), tuple(map(int, weight.shape))) for weight in _weights(layer)),
        parameters=sum(_size(weight) for weight in _weights(layer)),
        mask_in=note.get("mask_in", False), mask_out=note.get("mask_out", False),
        inner=describe_layer(wrapped, notes) if isinstance(wrapped, keras.layers.Layer) else None,
        inbound=inbound, sources=_inbound(_nodes(layer))[0], through=through,
        initial=note.get("initial"), initial_from=note.get("initial_from", ()),
        num_calls=note.get("num_calls", 0), from_model=note.get("from_model", True),
        adapted=_adapted(layer),
    )  # fmt: skip


def _adapted(layer: Any) -> bool:
    """Whether a Normalization layer knows mean and variance: its own are 0 and 1 until it is shown data."""
    if not isinstance(layer, keras.layers.Normalization) or not hasattr(layer, "adapt_mean"):
        return True
    mean, variance = np.asarray(layer.adapt_mean), np.asarray(layer.adapt_variance)
    return bool((mean != 0).any() or (variance != 1).any())


def _weights(layer: Any) -> list[Any]:
    return list(getattr(layer, "weights", []) or [])


def _size(weight: Any) -> int:
    count = 1
    for size in weight.shape:
        count *= int(size)
    return count


def _nodes(layer: Any) -> list[Any]:
    return list(getattr(layer, "_inbound_nodes", []))


def _declared(layer: Any) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    nodes = _nodes(layer)
    if not nodes:
        return (), ()
    node = nodes[0] if type(layer).__name__ == "InputLayer" else nodes[-1]
    first = node.arguments.args[:1] if node.arguments.args else node.input_tensors[:1]
    return shapes_of(first), tuple(shape_of(tensor) for tensor in node.output_tensors)


def _inbound(calls: list[Any]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Give the ids of the layers whose outputs enter at these calls, and the operations on the way that are none."""
    found: list[int] = []
    passed: list[str] = []
    waiting = [tensor for node in calls for tensor in node.input_tensors]
    while waiting and len(passed) < 50:
        history = getattr(waiting.pop(0), "_keras_history", None)
        if history is None:
            continue
        if isinstance(history.operation, keras.layers.Layer):
            found.append(id(history.operation))
        else:
            passed.append(type(history.operation).__name__)
            waiting += history.operation._inbound_nodes[history.node_index].input_tensors
    return tuple(found), tuple(passed)


def describe_model(model: Any, note: dict[str, Any], notes: dict[int, dict[str, Any]]) -> ModelSeen:
    """Describe a model, its layers and how it was compiled."""
    outputs = shapes_of(_safe(model, "outputs")) or note.get("outputs", ())
    return ModelSeen(
        id=id(model), kind=_kind(model), layers=tuple(describe_layer(layer, notes) for layer in flat(model)),
        inputs=shapes_of(_safe(model, "inputs")), outputs=outputs,
        input_names=tuple(_entry_name(tensor) for tensor in _safe(model, "inputs") or ()),
        output_names=tuple(map(str, getattr(model, "output_names", None) or ())),
        line=notes.get(id(model), {}).get("line", 0),
        loss=note.get("loss"), from_logits=note.get("from_logits", False), loss_kind=note.get("loss_kind", ""),
        optimizer=note.get("optimizer", ""), learning_rate=note.get("learning_rate"),
        metrics=note.get("metrics", ()), compile_line=note.get("line", 0), custom_step=_custom(model),
        last=notes.get(id(model), {}).get("last"),
    )  # fmt: skip


def _entry_name(tensor: Any) -> str:
    history = getattr(tensor, "_keras_history", None)
    return str(history.operation.name if history else getattr(tensor, "name", ""))


def flat(model: Any) -> Iterator[Any]:
    """Give the layers of a model, those of a model inside it too."""
    layers = list(model.layers)
    if isinstance(model, keras.Sequential) and getattr(model, "_layers", None):
        layers = list(model._layers)  # with the input layer, which .layers leaves out
    for layer in layers:
        if isinstance(layer, keras.Model):
            yield from flat(layer)
        else:
            yield layer


def _safe(model: Any, name: str) -> Any:
    try:
        return getattr(model, name, None)
    except (ValueError, AttributeError):
        return None


def _kind(model: Any) -> str:
    if isinstance(model, keras.Sequential):
        return "Sequential"
    return "Functional" if type(model).__name__ == "Functional" else "Subclassed"


def _custom(model: Any) -> bool:
    methods = ("train_step", "compute_loss", "test_step")
    return any(getattr(type(model), name) is not getattr(keras.Model, name) for name in methods)
