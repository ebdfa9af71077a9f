"""Describe a model and arrays in this process, without training anything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras

from lstm_course.doctor.capture.calls import describe
from lstm_course.doctor.capture.layers import describe_model
from lstm_course.doctor.capture.losses import compile_note
from lstm_course.doctor.capture.pipelines import peek
from lstm_course.doctor.relations import alignment
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
    pipeline = peek(x) if x is not None else None
    inputs, labels = (pipeline.x, pipeline.y) if pipeline else (x, y)
    if not model.built and inputs is not None:
        model.build(tuple(None if axis == 0 else size for axis, size in enumerate(describe(inputs)[0].shape)))
    compiled = (
        compile_note({"loss": model.loss}, model, 0) if getattr(model, "loss", None) is not None else {}
    )
    call = CallSeen(
        "fit", id(model), 0, x=describe(inputs), y=describe(labels), batch_size=batch_size,
        source=pipeline.kind if pipeline else "arrays", batched=pipeline is not None,
        last_batch=pipeline.last if pipeline else None, epochs=int(given.get("epochs") or 1),
        shuffle=given.get("shuffle"), validation_split=float(given.get("validation_split") or 0.0),
    )  # fmt: skip
    call = replace(call, **alignment(inputs, labels, shuffled=pipeline is not None))  # type: ignore[arg-type]
    return Capture("model", "", models=(describe_model(model, compiled, {}),), calls=(call,), live=True)
