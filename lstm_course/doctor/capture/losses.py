"""Name what compile was given."""

from __future__ import annotations

import re
from typing import Any

import keras

SHORT = {
    "mse": "mean_squared_error", "mae": "mean_absolute_error", "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error", "kld": "kl_divergence", "bce": "binary_crossentropy",
    "logcosh": "log_cosh",
}  # fmt: skip


def compile_note(arguments: dict[str, Any], model: Any, line: int) -> dict[str, Any]:
    """Describe the arguments of compile."""
    loss = arguments.get("loss")
    optimizer = getattr(model, "optimizer", None)
    rate = getattr(optimizer, "learning_rate", None)
    return {
        "loss": loss_name(loss), "loss_kind": _loss_kind(loss), "line": line,
        "from_logits": bool(getattr(loss, "_fn_kwargs", {}).get("from_logits", False)),
        "optimizer": type(optimizer).__name__ if optimizer is not None else "",
        "learning_rate": _number(rate),
        "metrics": tuple(_metric(metric) for metric in _flat(arguments.get("metrics"))),
    }  # fmt: skip


def loss_name(loss: Any) -> Any:
    """Name a loss the way Keras's functions are named.

    Lists and dictionaries keep their form.
    """
    if isinstance(loss, dict):
        return {str(key): loss_name(value) for key, value in loss.items()}
    if isinstance(loss, list | tuple):
        return tuple(loss_name(value) for value in loss)
    if loss is None:
        return None
    name = loss if isinstance(loss, str) else _class_or_function(loss)
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return SHORT.get(snake, snake)


def _class_or_function(loss: Any) -> str:
    return type(loss).__name__ if isinstance(loss, keras.losses.Loss) else getattr(loss, "__name__", "loss")


def _loss_kind(loss: Any) -> str:
    if isinstance(loss, str):
        return "name"
    if getattr(loss, "ignore_class", None) is not None:
        return "custom"  # labels that it leaves out follow no rule
    if isinstance(loss, keras.losses.Loss):
        return "class" if type(loss).__module__.startswith("keras") else "custom-class"
    module = getattr(loss, "__module__", "") or ""
    return "function" if module.startswith("keras") else "custom"


def _flat(metrics: Any) -> list[Any]:
    if metrics is None:
        return []
    if isinstance(metrics, dict):
        return [item for value in metrics.values() for item in _flat(value)]
    if isinstance(metrics, list | tuple):
        return [item for value in metrics for item in _flat(value)]
    return [metrics]


def _metric(metric: Any) -> str:
    return metric if isinstance(metric, str) else str(getattr(metric, "name", type(metric).__name__))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
