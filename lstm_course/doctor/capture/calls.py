"""Hooks on fit, evaluate, predict and the like: describe what goes in, cut long work short."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_course.doctor.ahead import seen_ahead
from lstm_course.doctor.arrays import look_at
from lstm_course.doctor.capture.layers import shapes_of
from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of, peek
from lstm_course.doctor.capture.recorder import MAX_CALLS, Recorder
from lstm_course.doctor.pairing import unpaired
from lstm_course.doctor.relations import alignment, in_series, steps_ahead
from lstm_course.doctor.rows import order_of_rows
from lstm_course.doctor.seen import ArraySeen, CallSeen

METHODS = (
    "fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch", "__call__",
)  # fmt: skip
MAX_STEPS, MAX_EPOCHS = 4, 2


def hook_method(recorder: Recorder, method: str) -> None:
    """Wrap one method of keras.Model."""
    original = getattr(keras.Model, method)
    signature = inspect.signature(original)

    @functools.wraps(original)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.depth or (method == "__call__" and not _holds_data(args)):
            return original(self, *args, **kwargs)
        recorder.failing = recorder.making = None
        if method == "__call__":
            given = {"x": args[0] if args else None}
            return _watch(recorder, self, method, given, lambda: original(self, *args, **kwargs))
        try:
            given = dict(signature.bind(self, *args, **kwargs).arguments)
        except TypeError:
            return _watch(recorder, self, method, kwargs, lambda: original(self, *args, **kwargs))
        given.pop("self", None)
        more: dict[str, Any] = given.pop("kwargs", None) or {}
        given = {**more, **given}
        return _watch(recorder, self, method, given, None, original)

    recorder.patches.put(keras.Model, method, wrapper)


def _holds_data(args: tuple[Any, ...]) -> bool:
    first = args[0] if args else None
    while isinstance(first, list | tuple) and first:
        first = first[0]
    if isinstance(first, keras.KerasTensor) or not tf.executing_eagerly():
        return False
    return shapes_of(first) != () and hasattr(first, "__array__")


def _watch(
    recorder: Recorder, model: Any, method: str, given: dict[str, Any], plain: Any, original: Any = None
) -> Any:
    note, given, asked = describe_call(recorder, model, method, given)
    recorder.depth, recorder.call_line = recorder.depth + 1, note["line"]
    result, error = None, ""
    try:
        result = plain() if plain else original(model, **given)
    except Exception as raised:
        text = [line for line in str(raised).splitlines() if line.strip()]
        error = f"{type(raised).__name__}: {text[0] if text else ''}"
        raise
    finally:
        recorder.depth -= 1
        call = CallSeen(**note, error=error, **_came_back(model, method, result))
        recorder.add_call(call, asked.get("x"), asked.get("y"))
    answer = _as_asked(method, result, asked, note)
    if method in ("predict", "predict_on_batch", "__call__"):
        for item in arrays_of(answer):
            recorder.operations.predicts(item)
            recorder.answers += [item] if isinstance(item, np.ndarray) and len(recorder.answers) < 40 else []
    return answer


def describe_call(
    recorder: Recorder, model: Any, method: str, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Describe a call; give the description, the arguments to use, and those that were asked for."""
    asked = dict(given)
    pipeline = peek(given.get("x", given.get("generator")))
    if pipeline:
        given = {**given, "x": pipeline.again}
    x, y = (pipeline.x, pipeline.y) if pipeline else (given.get("x"), given.get("y"))
    val = given.get("validation_data")
    val_x, val_y = _validation(val)
    note: dict[str, Any] = {
        "method": method, "model": id(model), "line": recorder.line(),
        "x": describe(x), "y": describe(y), "val_x": describe(val_x), "val_y": describe(val_y),
        "batch_size": _whole(given.get("batch_size")), "epochs": _whole(given.get("epochs")) or 1,
        "shuffle": given.get("shuffle"), "validation_split": float(given.get("validation_split") or 0.0),
        "weights_given": any(given.get(name) is not None for name in ("sample_weight", "class_weight"))
        or bool(pipeline and pipeline.weighted),
    }  # fmt: skip
    weights = given.get("sample_weight")
    note["weights"] = look_at(weights) if hasattr(weights, "shape") else None
    if pipeline:
        note |= {
            "source": pipeline.kind,
            "batched": True,
            "num_batches": pipeline.count,
            "last_batch": pipeline.last,
            "reshuffled": pipeline.reshuffled,
        }
    note |= alignment(_single(x), _single(y), shuffled=bool(pipeline), earlier=recorder.history)
    note["ahead"] = steps_ahead(arrays_of(x), _single(y))
    if method in ("fit", "train_on_batch") and len(recorder.calls) < MAX_CALLS:  # later ones are not kept
        note |= _order(recorder, _single(x), _single(y))
    note["in_series"] = in_series(_single(x), _single(y), recorder.history)
    short = shorten(method, given, pipeline)
    note["unfinished"] = short is not given
    return note, short, asked


def _order(recorder: Recorder, x: Any, y: Any) -> dict[str, str]:
    """Say what the rows behind x and y tell about their order."""
    return {
        "rows": order_of_rows(recorder.tables, x),
        "unpaired": unpaired(x, y, recorder.history),
        "foresight": seen_ahead(recorder.source, x, recorder.history),
    }


def describe(value: Any) -> tuple[ArraySeen, ...]:
    """Describe inputs or labels, one entry for each."""
    return tuple(found for item in arrays_of(value) if (found := look_at(item)) is not None)


def _single(value: Any) -> Any:
    items = arrays_of(value)
    return items[0] if len(items) == 1 else None


def _validation(value: Any) -> tuple[Any, Any]:
    if isinstance(value, list | tuple) and len(value) in (2, 3):
        return value[0], value[1]
    pipeline = peek(value) if value is not None else None
    return (pipeline.x, pipeline.y) if pipeline and pipeline.rewinds else (None, None)


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else None


def shorten(method: str, given: dict[str, Any], pipeline: Pipeline | None) -> dict[str, Any]:
    """Cut a long call short, so that shapes and errors stay as they are."""
    if method not in ("fit", "evaluate", "predict"):
        return given
    short = given | {"verbose": 0}
    if method == "fit" and (_whole(given.get("epochs")) or 1) > MAX_EPOCHS:
        short["epochs"] = MAX_EPOCHS + (_whole(given.get("initial_epoch")) or 0)
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
    size = _whole(given.get("batch_size")) or 32
    if any(
        given.get(name) is not None
        for name in ("sample_weight", "steps_per_epoch", "steps", "validation_steps")
    ):
        return {}
    count = _common_length(x, y) if y is not None else _common_length(x)
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
    if not isinstance(val, list | tuple) or len(val) != 2 or _common_length(*val) is None:
        return {}
    return {"validation_data": (cut(val[0], size), cut(val[1], size))}


def _common_length(*values: Any) -> int | None:
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


def _came_back(model: Any, method: str, result: Any) -> dict[str, Any]:
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


def _as_asked(method: str, result: Any, asked: dict[str, Any], note: dict[str, Any]) -> Any:
    """Give the program as many epochs and predictions as it asked for."""
    if method == "fit" and result is not None:
        wanted = (_whole(asked.get("epochs")) or 1) - (_whole(asked.get("initial_epoch")) or 0)
        for values in result.history.values():
            values.extend(values[-1:] * (wanted - len(values) if "callbacks" not in asked else 0))
        result.epoch = list(range(max(wanted, len(result.epoch))))
    if method == "predict":
        count = _all_samples(note) if note.get("batched") else _common_length(asked.get("x"))
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
    return np.resize(result, (count, *result.shape[1:])) if len(result) < count else result
