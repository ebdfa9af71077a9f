"""Predictions for all samples of a part in a few compiled calls, with the state handled in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from lstm_course.data import Prepared
from lstm_course.data.split import PART_NAMES
from lstm_course.keras_bridge.callbacks import reset_states
from lstm_course.keras_bridge.feed import ArrayFeed, Feed, cut_feed, feed_of, feed_of_parts
from lstm_course.keras_bridge.graphs import graph_of
from lstm_course.keras_bridge.unrolling import short_loops_unrolled

Array = npt.NDArray[Any]
CHUNK = 1_024  # samples in one call of a model that keeps no state
_WORTH_COMPILING = 2_000_000  # samples × timesteps from which XLA repays its compilation


def predict_parts(
    model: keras.Model, prepared: Prepared, parts: Sequence[str] = PART_NAMES, *, budget: int | None = None
) -> dict[str, Array]:
    """Predict every sample of some parts, in order, on the network's scale.

    A stateful model starts each part from an empty state and goes on from batch to batch; its last batch is
    filled up with copies of the last sample, whose outputs are dropped.

    Args:
        model: the experiment's model.
        prepared: the experiment's arrays.
        parts: any of "train", "validation" and "test".
        budget: bytes that the samples may take on the device, beyond which windows are cut as they are
            needed; None: any number.

    Returns:
        For each part an array of shape (samples, …) as the model's output.
    """
    if prepared.experiment.stateful:
        return {part: _in_order(model, prepared, part) for part in parts}
    feed = feed_of_parts(prepared, parts)  # all parts at once: traced once
    if budget is not None and feed.num_bytes > budget:
        return {part: predict_cut(model, cut_feed(prepared, part)) for part in parts}
    outputs = predict_feed(model, feed)
    borders = np.cumsum([prepared.num_samples(part) for part in parts])[:-1]
    return dict(zip(parts, np.split(outputs, borders), strict=True))


def _in_order(model: keras.Model, prepared: Prepared, part: str) -> Array:
    reset_states(model)
    return predict_feed(model, feed_of(prepared, part), prepared.experiment.batch_size)


def predict_feed(model: keras.Model, feed: Feed, batch_size: int | None = None) -> Array:
    """Predict every sample of a feed.

    Args:
        model: a model whose input is a sample of the feed.
        feed: the samples.
        batch_size: samples in each call where that is fixed; None: as many as go well.
    """
    if not feed.num_samples:
        return np.empty((0, *model.output_shape[1:]), dtype=np.float32)
    chunk = batch_size or min(CHUNK, feed.num_samples)
    tensors = feed.tensors
    with short_loops_unrolled(model):
        call = graph_of(
            lambda samples, *held: model(feed.batch(held, samples)[0], training=False),
            tf.TensorSpec((chunk,), tf.int32),
            *tensors,
            jit=_repays_xla(model, feed),
        )
    outputs = [
        np.asarray(call(tf.constant(samples), *tensors)) for samples in chunks(feed.num_samples, chunk)
    ]
    return np.concatenate(outputs)[: feed.num_samples]


def predict_cut(model: keras.Model, feed: ArrayFeed) -> Array:
    """Predict every sample of a feed whose windows are views on the host, cut chunk by chunk.

    Args:
        model: a model whose input is a sample of the feed, and which keeps no state.
        feed: the samples.
    """
    if not feed.num_samples:
        return np.empty((0, *model.output_shape[1:]), dtype=np.float32)
    x = feed.arrays[0]
    chunk = min(CHUNK, feed.num_samples)
    call = graph_of(
        lambda batch: model(batch, training=False),
        tf.TensorSpec((chunk, *x.shape[1:]), x.dtype),
        jit=_repays_xla(model, feed),
    )
    outputs = [np.asarray(call(tf.constant(x[samples]))) for samples in chunks(feed.num_samples, chunk)]
    return np.concatenate(outputs)[: feed.num_samples]


def _repays_xla(model: keras.Model, feed: Feed) -> bool:
    return feed.num_samples * (model.input_shape[1] or 1) >= _WORTH_COMPILING


def chunks(num_samples: int, size: int) -> Iterator[Array]:
    """Yield sample numbers in order, each as many, the last ones filled up with the last sample."""
    for first in range(0, num_samples, size):
        yield np.minimum(np.arange(first, first + size, dtype=np.int32), num_samples - 1)
