"""What a call that was cut short gives back: described, and as long as the program asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_course.doctor.capture.layers import shapes_of
from lstm_course.doctor.capture.pipelines import arrays_of
from lstm_course.doctor.capture.shorten import common_length, whole_number


def came_back(model: Any, method: str, result: Any) -> dict[str, Any]:
    """Describe what a call gave back."""
    if method == "fit" and result is not None:
        losses = tuple(float(np.mean(value)) for value in result.history.get("loss", ()))
        return {"losses": losses, "outputs": shapes_of(_safe_outputs(model))}
    if method.startswith(("predict", "__call__")):
        values = [np.asarray(item) for item in arrays_of(result) if hasattr(item, "shape")]
        numbers = [item for item in values if item.dtype.kind == "f" and item.size]
        return {
            "outputs": tuple(tuple(map(int, item.shape)) for item in values),
            "output_nan": any(bool(np.isnan(item).any()) for item in numbers),
        }  # fmt: skip
    return {"outputs": shapes_of(_safe_outputs(model))}


def _safe_outputs(model: Any) -> Any:
    try:
        return getattr(model, "outputs", None)
    except (AttributeError, ValueError):
        return None


def as_asked(method: str, result: Any, asked: dict[str, Any], note: dict[str, Any]) -> Any:
    """Give the program as many epochs and predictions as it asked for."""
    if method == "fit" and result is not None:
        wanted = (whole_number(asked.get("epochs")) or 1) - (whole_number(asked.get("initial_epoch")) or 0)
        for values in result.history.values():
            values.extend(values[-1:] * (wanted - len(values) if "callbacks" not in asked else 0))
        result.epoch = list(range(max(wanted, len(result.epoch))))
    if method == "predict":
        count = _all_samples(note) if note.get("batched") else common_length(asked.get("x"))
        return result if count is None else _filled(result, count)
    return result


def _all_samples(note: dict[str, Any]) -> int | None:
    """Count the samples of a data set that says how many batches it has."""
    batches, last, x = note.get("num_batches"), note.get("last_batch"), note["x"]
    return (batches - 1) * x[0].shape[0] + last if batches and last and x else None


def _filled(result: Any, count: int) -> Any:
    if isinstance(result, dict):
        return {key: _filled(value, count) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return type(result)(_filled(value, count) for value in result)
    if not isinstance(result, np.ndarray) or not len(result) or len(result) == count:
        return result
    return np.resize(result, (count, *result.shape[1:])).copy() if len(result) < count else result
