"""Turn a Keras model into a plain description, in the process that made it."""

from __future__ import annotations

import sys
from typing import Any

from lstm_course.course.grading.wire import LayerValue, ModelValue


def described(value: Any) -> Any:
    """Return a description of a Keras model, and everything else as it is."""
    keras = sys.modules.get("keras")
    model_class = getattr(keras, "Model", None)
    if model_class is not None and isinstance(value, model_class):
        return _model(value)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(described(item) for item in value)
    return value


def _model(model: Any) -> Any:
    layers = tuple(_layer(layer) for layer in model.layers if type(layer).__name__ != "InputLayer")
    return ModelValue(
        kind=type(model).__name__,
        layers=layers,
        input_shape=_shape(getattr(model, "input_shape", ())),
        output_shape=_shape(getattr(model, "output_shape", ())),
        parameters=int(model.count_params()) if model.built else 0,
        loss=_loss_name(getattr(model, "loss", None)),
    )


def _layer(layer: Any) -> LayerValue:
    try:
        shape = _shape(layer.output.shape)
    except (AttributeError, ValueError):
        shape = ()
    weights = tuple(tuple(int(size) for size in weight.shape) for weight in layer.weights)
    return LayerValue(type(layer).__name__, shape, _plain(layer.get_config()), weights)


def _plain(config: dict[str, Any]) -> dict[str, Any]:
    return {str(name): _plain_value(value) for name, value in config.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, list | tuple):
        return [_plain_value(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _shape(shape: Any) -> tuple[int | None, ...]:
    if not isinstance(shape, tuple | list):
        return ()
    return tuple(
        size if size is None else int(size) for size in shape if size is None or isinstance(size, int)
    )


def _loss_name(loss: Any) -> str:
    if loss is None:
        return ""
    if isinstance(loss, list | tuple) and len(loss) == 1:
        return _loss_name(loss[0])
    return (
        loss
        if isinstance(loss, str)
        else str(getattr(loss, "__name__", None) or getattr(loss, "name", type(loss).__name__))
    )
