"""Samples on the device, and the graph that picks a batch of them by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from lstm_course.data import Prepared, Series
from lstm_course.data.labels import first_label_offset

Array = npt.NDArray[Any]
MAX_BYTES = 256 * 1024**2  # labels beyond this are gathered row by row, as the windows always are


class Feed(Protocol):
    """Samples of one part of the data."""

    @property
    def num_samples(self) -> int:
        """Number of samples."""

    @property
    def tensors(self) -> tuple[Any, ...]:
        """What lies on the device; handed to the compiled function."""

    def batch(self, tensors: tuple[Any, ...], samples: Any) -> tuple[Any, ...]:
        """Pick samples by number, within a graph: (x, y) or (x, y, sample_weight)."""


@dataclass(frozen=True, eq=False)
class ArrayFeed:
    """Samples as whole arrays."""

    arrays: tuple[Array, ...]  # x, y and perhaps sample weights, each with the samples first

    @property
    def num_samples(self) -> int:
        """Number of samples."""
        return len(self.arrays[0])

    @property
    def tensors(self) -> tuple[Any, ...]:
        """The arrays on the device."""
        return tuple(tf.constant(np.ascontiguousarray(array)) for array in self.arrays)

    def batch(self, tensors: tuple[Any, ...], samples: Any) -> tuple[Any, ...]:
        """Pick samples by number."""
        return tuple(tf.gather(tensor, samples) for tensor in tensors)


@dataclass(frozen=True, eq=False)
class WindowFeed:
    """Windows of a series, kept as its rows and the first row of each window.

    A window exists only within its batch, so memory and transfer are those of the rows.
    """

    rows: Array  # scaled rows, (rows, features)
    starts: Array  # first row of each window, (samples,)
    window: int  # rows in one window
    input_shape: tuple[int, int]  # timesteps and features of a sample
    labels: Array  # (samples, …), or scaled target rows (rows, targets) where label_offsets says so
    label_offsets: tuple[int, int] | None = None  # first label after a window's first row, and how many
    label_shape: tuple[int, ...] = ()  # shape of one label

    @property
    def num_samples(self) -> int:
        """Number of samples."""
        return len(self.starts)

    @property
    def tensors(self) -> tuple[Any, ...]:
        """Rows, starts and labels on the device."""
        starts = self.starts.astype(np.int32)
        return tf.constant(self.rows), tf.constant(starts), tf.constant(np.ascontiguousarray(self.labels))

    def batch(self, tensors: tuple[Any, ...], samples: Any) -> tuple[Any, ...]:
        """Cut the windows of some samples out of the rows."""
        rows, starts, labels = tensors
        first = tf.gather(starts, samples)  # (batch,)
        x = tf.gather(rows, first[:, None] + tf.range(self.window))  # (batch, rows of a window, features)
        x = tf.reshape(x, (-1, *self.input_shape))  # (batch, timesteps, features)
        if self.label_offsets is None:
            return x, tf.gather(labels, samples)
        offset, length = self.label_offsets
        y = tf.gather(labels, first[:, None] + tf.range(offset, offset + length))
        return x, tf.reshape(y, (-1, *self.label_shape))


def feed_of(prepared: Prepared, part: str) -> Feed:
    """Return the samples of one part, as windows where there is a series.

    Args:
        prepared: the experiment's arrays.
        part: "train", "validation" or "test".
    """
    exp = prepared.experiment
    if not isinstance(prepared.source, Series):
        return ArrayFeed((prepared.X[part], labels_of(prepared, part)))
    rows = scaled_rows(prepared)
    window = WindowFeed(rows, prepared.rows[part], exp.timesteps, prepared.input_shape, prepared.y[part])
    if prepared.y[part].nbytes <= MAX_BYTES or prepared.target_scaler is None:
        return window
    return _with_label_rows(window, prepared)


def feed_of_parts(prepared: Prepared, parts: Sequence[str]) -> Feed:
    """Return the inputs of several parts, one after the other, as one feed without labels that matter."""
    if not isinstance(prepared.source, Series):
        return ArrayFeed((np.concatenate([prepared.X[part] for part in parts]),))
    starts = np.concatenate([prepared.rows[part] for part in parts])
    timesteps = prepared.experiment.timesteps
    labels = np.zeros(len(starts), dtype=np.float32)
    return WindowFeed(scaled_rows(prepared), starts, timesteps, prepared.input_shape, labels)


def scaled_rows(prepared: Prepared) -> Array:
    """Return the features on the network's scale, (rows, features) as float32."""
    source = prepared.source
    if not isinstance(source, Series):
        raise TypeError(f"Expected a Series, got {type(source).__name__}; sequences have no common rows.")
    values = prepared.scaler.transform(source.values(prepared.feature_names))
    return np.ascontiguousarray(values.astype(np.float32))


def labels_of(prepared: Prepared, part: str) -> Array:
    """Return the labels of a part as numbers that every device takes."""
    y = prepared.y[part]
    return y.astype(np.int32) if y.dtype == np.int64 else y


def _with_label_rows(feed: WindowFeed, prepared: Prepared) -> WindowFeed:
    exp, scaler = prepared.experiment, prepared.target_scaler
    if scaler is None:
        return feed
    goals = np.ascontiguousarray(scaler.transform(prepared.targets).astype(np.float32))
    offset = first_label_offset(exp.timesteps, exp.horizon, exp.labels)
    length = exp.timesteps if exp.labels == "sequence" else exp.horizon
    return WindowFeed(
        feed.rows, feed.starts, feed.window, feed.input_shape, goals, (offset, length), prepared.label_shape
    )
