"""Describe a model and arrays in this process, without training anything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_course.doctor.capture.describing import describe
from lstm_course.doctor.capture.hooks import watch_layers
from lstm_course.doctor.capture.layers import describe_model, shapes_of
from lstm_course.doctor.capture.losses import compile_note
from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of, peek
from lstm_course.doctor.capture.recorder import Recorder
from lstm_course.doctor.relations import alignment, in_series, steps_ahead
from lstm_course.doctor.seen import CallSeen, Capture


def capture_model(
    model: keras.Model, x: Any, y: Any, batch_size: int | None, given: dict[str, Any]
) -> Capture:
    """Describe what `model.fit(x, y)` would meet.

    Args:
        model: a Keras model, compiled or not.
        x: inputs as for fit: arrays, or a tf.data.Dataset.
        y: labels as for fit.
        batch_size: as for fit.
        given: further arguments of fit: shuffle, validation_split, epochs.
    """
    pipeline = peek(x)
    inputs, labels = (pipeline.x, pipeline.y) if pipeline else (x, y)
    recorder = Recorder("", "")
    outputs = _run_through(model, inputs, recorder)
    call = _call(model, inputs, labels, pipeline, batch_size, given)
    note = _compiled(model) | {"outputs": outputs}
    return Capture(
        "model", "", models=(describe_model(model, note, recorder.notes),), calls=(call,), live=True
    )


def _run_through(model: keras.Model, inputs: Any, recorder: Recorder) -> tuple[Any, ...]:
    """Send two samples through the model and note what each layer gets; nothing where it refuses them."""
    arrays = arrays_of(inputs)
    fixed = any(shape and shape[0] is not None for shape in shapes_of(getattr(model, "inputs", None)))
    if fixed or not arrays or not all(hasattr(array, "shape") for array in arrays):
        return ()  # a fixed batch may carry a state, which must stay as it is
    few = [np.asarray(array)[:2] for array in arrays]
    with watch_layers(recorder):
        try:
            result = model(few[0] if len(few) == 1 else few, training=False)
        except (ValueError, TypeError, AttributeError, LookupError, RuntimeError, tf.errors.OpError):
            return ()  # the rules say why, from the shapes
    return tuple((None, *shape[1:]) for shape in shapes_of(result))


def _compiled(model: keras.Model) -> dict[str, Any]:
    if getattr(model, "loss", None) is None:
        return {}
    metrics = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    return compile_note({"loss": model.loss, "metrics": metrics}, model, 0)


def _call(
    model: keras.Model,
    inputs: Any,
    labels: Any,
    pipeline: Pipeline | None,
    batch_size: int | None,
    given: dict[str, Any],
) -> CallSeen:
    first, answer = (_only(value) for value in (inputs, labels))
    call = CallSeen(
        "fit", id(model), 0, x=describe(inputs), y=describe(labels), batch_size=batch_size,
        source=pipeline.kind if pipeline else "arrays", batched=pipeline is not None,
        last_batch=pipeline.last if pipeline else None, epochs=int(given.get("epochs") or 1),
        shuffle=given.get("shuffle"), validation_split=float(given.get("validation_split") or 0.0),
        reshuffled=bool(pipeline and pipeline.reshuffled), in_series=in_series(first, answer, []),
        ahead=steps_ahead(arrays_of(inputs), answer),
    )  # fmt: skip
    return replace(call, **alignment(first, answer, shuffled=pipeline is not None))  # type: ignore[arg-type]


def _only(value: Any) -> Any:
    items = arrays_of(value)
    return items[0] if len(items) == 1 else None
