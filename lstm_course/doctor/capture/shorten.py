"""Cut long calls of a model short, so that shapes and errors stay as they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of

MAX_STEPS, MAX_EPOCHS = 4, 2


def whole_number(value: Any) -> int | None:
    """Give a whole number that was handed over; None for anything else."""
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else None


def shorten(method: str, given: dict[str, Any], pipeline: Pipeline | None) -> dict[str, Any]:
    """Give the arguments of a call that does the same, but not for long."""
    if method not in ("fit", "evaluate", "predict"):
        return given
    short = given | {"verbose": 0}
    if method == "fit" and (whole_number(given.get("epochs")) or 1) > MAX_EPOCHS:
        short["epochs"] = MAX_EPOCHS + (whole_number(given.get("initial_epoch")) or 0)
    if pipeline:
        return short | _short_pipeline(pipeline, given)
    return short | _short_arrays(method, given)


def _short_pipeline(pipeline: Pipeline, given: dict[str, Any]) -> dict[str, Any]:
    steps = given.get("steps_per_epoch", given.get("steps"))
    limit = min(value for value in (steps, pipeline.count, MAX_STEPS) if value)
    name = "steps_per_epoch" if "epochs" in given or "steps_per_epoch" in given or "y" in given else None
    short: dict[str, Any] = {"x": pipeline.shortened(MAX_STEPS)}
    if pipeline.kind != "dataset" and name:
        short[name] = limit
    elif steps and "steps_per_epoch" in given:
        short["steps_per_epoch"] = limit
    elif steps:
        short["steps"] = limit
    val = given.get("validation_data")
    if val is not None and hasattr(val, "take"):
        short["validation_data"] = val.take(MAX_STEPS)
    return short


def _short_arrays(method: str, given: dict[str, Any]) -> dict[str, Any]:
    x, y = given.get("x"), given.get("y")
    size = whole_number(given.get("batch_size")) or 32
    if any(
        given.get(name) is not None
        for name in ("sample_weight", "steps_per_epoch", "steps", "validation_steps")
    ):
        return {}
    count = common_length(x, y) if y is not None else common_length(x)
    if count is None:
        return {}
    split = given.get("validation_split") or 0.0
    short: dict[str, Any] = {}
    if split:
        border = int(count * (1.0 - split))
        if (
            border < 1
            or border >= count
            or (border <= size * MAX_STEPS and count - border <= size * MAX_STEPS)
        ):
            return {}
        short["validation_data"] = (
            cut(slice_of(x, border, count), size), cut(slice_of(y, border, count), size),
        )  # fmt: skip
        short["validation_split"] = 0.0
        x, y = slice_of(x, 0, border), slice_of(y, 0, border)
    short["x"] = cut(x, size)
    if y is not None:
        short["y"] = cut(y, size)
    return short | _short_validation(given, size)


def _short_validation(given: dict[str, Any], size: int) -> dict[str, Any]:
    val = given.get("validation_data")
    if not isinstance(val, list | tuple) or len(val) != 2 or common_length(*val) is None:
        return {}
    return {"validation_data": (cut(val[0], size), cut(val[1], size))}


def common_length(*values: Any) -> int | None:
    """Give the number of samples that all arrays share; None where they differ or are no arrays."""
    lengths = {len(item) if _sliceable(item) else -1 for value in values for item in arrays_of(value)}
    return lengths.pop() if len(lengths) == 1 and -1 not in lengths else None


def _sliceable(item: Any) -> bool:
    return isinstance(item, np.ndarray) and item.ndim > 0


def slice_of(value: Any, start: int, stop: int) -> Any:
    """Take samples out of arrays, however they are nested."""
    if isinstance(value, dict):
        return {key: slice_of(item, start, stop) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(slice_of(item, start, stop) for item in value)
    return value[start:stop]


def cut(value: Any, size: int) -> Any:
    """Keep the first batches and a remainder as large as the real one.

    >>> len(cut(np.zeros(1000), 32))
    136
    """
    items = arrays_of(value)
    count = len(items[0]) if items else 0
    if count <= size * (MAX_STEPS + 1):
        return value
    return slice_of(value, 0, size * MAX_STEPS + count % size)
