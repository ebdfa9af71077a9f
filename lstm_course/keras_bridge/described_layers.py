"""One Keras layer as plain values: its class, what it was told, what it holds."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import keras

from lstm_course.drawing.model import LayerDescription, Shape
from lstm_course.keras_bridge.weights import name_of

_SILENT = (
    "name", "trainable", "dtype", "data_format", "cell", "cells", "layer", "backward_layer", "layers",
)  # fmt: skip


def layer_described(
    operation: Any, entered: Sequence[Shape] = (), left: Sequence[Shape] = (),
    told: Mapping[str, object] | None = None,
) -> LayerDescription:  # fmt: skip
    """Describe one call of a layer, or of an operation such as `x + y` or `x[:, -1]`.

    Args:
        operation: the layer.
        entered: shapes that enter.
        left: shapes that leave; with return_state the states follow the output.
        told: what it was told in the call, beside its own arguments.
    """
    inner = _inner(operation)
    is_layer = isinstance(operation, keras.Layer)
    return LayerDescription(
        name=str(operation.name),
        class_name=type(operation).__name__,
        inputs=tuple(entered),
        outputs=tuple(left),
        arguments={**arguments_of(operation), **(told or {})},
        parameters=operation.count_params() if is_layer and operation.built else 0,
        weights=tuple((name_of(operation, each), tuple(each.shape)) for each in operation.weights)
        if is_layer
        else (),
        inner=layer_described(inner) if inner is not None else None,
    )


def _inner(operation: Any) -> Any:
    """Give what a wrapper holds: the layer of Bidirectional or TimeDistributed, the cell of RNN."""
    if isinstance(operation, keras.layers.Bidirectional):
        return operation.forward_layer
    if type(operation) is keras.layers.RNN:
        return operation.cell
    return getattr(operation, "layer", None) if isinstance(operation, keras.layers.Wrapper) else None


def arguments_of(operation: Any) -> dict[str, object]:
    """Give the arguments that differ from the layer's defaults, those that are plain values.

    Example:
        >>> arguments_of(keras.layers.Conv1D(8, 3, activation="relu"))
        {'filters': 8, 'kernel_size': 3, 'activation': 'relu'}
    """
    if not isinstance(operation, keras.Layer) or isinstance(operation, keras.Model):
        return {}
    try:
        config = operation.get_config()
    except (NotImplementedError, TypeError, ValueError):
        return {}  # a class of one's own that does not tell
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(type(operation).__init__).parameters.items()
    }
    return {
        name: _plain(value)
        for name, value in config.items()
        if name not in _SILENT and name in defaults and not _is_default(value, defaults[name])
    }


def _is_default(value: Any, default: Any) -> bool:
    if isinstance(value, dict):
        return True  # an object, such as an initializer
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    usual = tuple(default) if isinstance(default, list | tuple) else (default,) * len(values)
    return values == usual or (default is None and value == "linear")


def _plain(value: Any) -> object:
    if not isinstance(value, list | tuple):
        return value
    return value[0] if len(value) == 1 else tuple(value)
