"""The arrays behind a batch: a loop, a generator or a data set hands out parts, and what they say they say together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_course.doctor.capture.pipelines import Pipeline, arrays_of
from lstm_course.doctor.named import Named
from lstm_course.doctor.pairing import MAX_ROWS, Array, places

BATCHES = ("train_on_batch", "test_on_batch", "__call__")


def whole_of(
    history: Sequence[Named], method: str, x: Any, y: Any, pipeline: Pipeline | None
) -> tuple[Any, Any]:
    """Give the inputs and labels that a call's own are cut from; its own where nothing is known of others.

    Args:
        history: arrays that the program named before.
        method: name of the method of the model.
        x: inputs that the call was given, or the first batch of what it was given.
        y: labels, or those of the first batch.
        pipeline: what hands out the batches.
    """
    if pipeline is not None and pipeline.whole is not None:
        return pipeline.whole
    if pipeline is None and method not in BATCHES:
        return x, y
    inputs, labels = arrays_of(x), arrays_of(y)
    if len(inputs) != 1 or len(labels) > 1:
        return x, y
    return _named(history, inputs[0], labels[0] if labels else None) or (x, y)


def _named(history: Sequence[Named], x: Any, y: Any) -> tuple[Any, Any] | None:
    """Give the named arrays of which some rows are this batch; None where there are none."""
    batch, answers = _plain(x), _plain(y)
    if batch is None or (y is not None and answers is None):
        return None
    for one in history:
        alike = one.array.ndim == batch.ndim and one.array.shape[1:] == batch.shape[1:]
        if not alike or not len(batch) < len(one.array) <= MAX_ROWS:
            continue
        rows = places(batch, one.array)
        if rows is None:
            continue
        if answers is None:
            return one.array, y
        labels = next(
            (other.array for other in history if _answers(other.array, rows, answers, len(one.array))), None
        )
        if labels is not None:
            return one.array, labels
    return None


def _answers(array: Array, rows: Array, labels: Array, count: int) -> bool:
    """Whether an array holds these labels at these rows."""
    fits = len(array) == count and array.size * len(labels) == labels.size * count
    return fits and np.array_equal(array[rows].reshape(labels.shape), labels)


def _plain(value: Any) -> Array | None:
    if value is None or not hasattr(value, "shape"):
        return None
    array = np.asarray(value)
    return array if array.dtype.kind in "fiu" and array.ndim and len(array) else None
