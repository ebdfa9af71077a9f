"""Ask a trained model twice, with other samples beside the first or with other late timesteps, and compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from lstm_course.doctor.capture.pipelines import arrays_of
from lstm_course.doctor.capture.recorder import Recorder
from lstm_course.doctor.capture.shorten import slice_of

Array = npt.NDArray[Any]
FEW, MAX_NUMBERS, MAX_MODELS = 8, 2_000_000, 4
REFUSALS = (ValueError, TypeError, AttributeError, LookupError, RuntimeError, tf.errors.OpError)


def look_for_mixing(recorder: Recorder) -> None:
    """Note models whose answer for one sample depends on the samples beside it, or on timesteps still to come."""
    done: set[int] = set()
    events = list(recorder.events)
    recorder.depth += 1  # nothing of this is the program's own call
    try:
        for place, (method, number, x, _) in enumerate(recorder.raw):
            model = recorder.layers.get(number)
            if method not in ("fit", "train_on_batch", "__call__") or number in done or model is None:
                continue
            done.add(number)
            if len(done) <= MAX_MODELS:
                _look(recorder, model, x, recorder.calls[place].ahead)
    finally:
        recorder.depth -= 1
        recorder.events = events


def _look(recorder: Recorder, model: keras.Model, x: Any, ahead: tuple[int | None, ...]) -> None:
    items = arrays_of(x)
    counts = {len(item) if isinstance(item, np.ndarray | tf.Tensor) and item.ndim else -1 for item in items}
    if len(counts) != 1 or min(counts) < 3 or sum(int(np.size(item)) for item in items) > 40 * MAX_NUMBERS:
        return
    count = _fixed(model) or min(FEW, min(counts))
    if count > min(counts) or count < 2:
        return
    few = slice_of(x, 0, count)
    try:
        first, again = _ask(model, few), _ask(model, few)
        if first is None or again is None or len(first) != count or not np.allclose(first, again, atol=1e-6):
            return
        other = _ask(model, _changed(few, _other_samples))
        if other is not None and _far(first[0], other[0]):
            recorder.mixing.append((id(model), "samples"))
        elif first.ndim == 3 and any(step and step > 0 for step in ahead) and len(items) == 1:
            _later(recorder, model, few, first)
        elif first.ndim == 2 and len(items) == 1 and _picks(model):
            _first_alone(recorder, model, few, first)
    except REFUSALS:
        return  # a model that cannot be asked is not judged


def _later(recorder: Recorder, model: keras.Model, few: Any, first: Array) -> None:
    half = first.shape[1] // 2
    other = _ask(model, _changed(few, lambda part: _other_steps(part, half)))
    if half and other is not None and _far(first[:, :half], other[:, :half]):
        recorder.mixing.append((id(model), "later timesteps"))


def _picks(model: keras.Model) -> bool:
    """Whether something in a recurrent model may pick a timestep: layers in a row cannot, but for Lambda."""
    names = {type(layer).__name__ for layer in model.layers}
    recurrent = any(
        isinstance(layer, keras.layers.RNN | keras.layers.Bidirectional) for layer in model.layers
    )
    return recurrent and (not isinstance(model, keras.Sequential) or "Lambda" in names)


def _first_alone(recorder: Recorder, model: keras.Model, few: Any, first: Array) -> None:
    shape = np.shape(arrays_of(few)[0])
    if len(shape) not in (2, 3) or shape[1] < 3 or not _far(first, np.roll(first, 1, axis=0)):
        return
    other = _ask(model, _changed(few, lambda part: _other_steps(part, 1)))
    if other is not None and not _far(first, other):
        recorder.mixing.append((id(model), "first timestep"))


def _fixed(model: keras.Model) -> int | None:
    try:
        shape = model.input_shape
    except (AttributeError, ValueError):
        return None
    first = shape[0] if isinstance(shape, tuple | list) and shape else None
    return first if isinstance(first, int) else None


def _ask(model: keras.Model, x: Any) -> Array | None:
    for layer in model.layers:
        if hasattr(layer, "reset_state") and getattr(layer, "stateful", False):
            layer.reset_state()
    answers = arrays_of(model(x))
    first = np.asarray(answers[0]) if answers and hasattr(answers[0], "shape") else None
    return (
        first
        if first is not None and first.dtype.kind == "f" and first.ndim and first.size < MAX_NUMBERS
        else None
    )


def _changed(value: Any, change: Callable[[Array], Array]) -> Any:
    if isinstance(value, dict):
        return {key: _changed(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_changed(item, change) for item in value)
    return change(np.array(value))


def _other_samples(part: Array) -> Array:
    part[1:] = part[-1:]
    return part


def _other_steps(part: Array, half: int) -> Array:
    part[:, half:] = np.roll(part, 1, axis=0)[:, half:]
    return part


def _far(first: Array, other: Array) -> bool:
    """Whether two answers differ by more than rounding does.

    >>> _far(np.ones(3), np.ones(3) + 1e-6), _far(np.ones(3), np.array([1.0, 1.0, 1.01]))
    (False, True)
    """
    size = float(np.abs(first).max()) + 1e-9
    return bool(np.isfinite(first).all() and np.abs(first - other).max() > max(1e-4 * size, 1e-6))
