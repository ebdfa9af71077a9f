"""Samples on the device, and the graph that picks a batch of them by their numbers."""

from __future__ import annotations

import dataclasses
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
    def num_bytes(self) -> int:
        """Size of what lies on the device."""

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
    def num_bytes(self) -> int:
        """Size of the arrays, windows that overlap counted as often as they are there."""
        return sum(array.nbytes for array in self.arrays)

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
    weights: tuple[Array, ...] = ()  # how much each sample counts, one array (samples, …) or none

    @property
    def num_samples(self) -> int:
        """Number of samples."""
        return len(self.starts)

    @property
    def num_bytes(self) -> int:
        """Size of rows, starts, labels and weights."""
        return sum(array.nbytes for array in (self.rows, self.labels, *self.weights)) + 4 * len(self.starts)

    @property
    def tensors(self) -> tuple[Any, ...]:
        """Rows, starts, labels and weights on the device."""
        starts = self.starts.astype(np.int32)
        held = (self.rows, starts, np.ascontiguousarray(self.labels), *self.weights)
        return tuple(tf.constant(array) for array in held)

    def batch(self, tensors: tuple[Any, ...], samples: Any) -> tuple[Any, ...]:
        """Cut the windows of some samples out of the rows."""
        rows, starts, labels, *weights = tensors
        first = tf.gather(starts, samples)  # (batch,)
        x = tf.gather(rows, first[:, None] + tf.range(self.window))  # (batch, rows of a window, features)
        x = tf.reshape(x, (-1, *self.input_shape))  # (batch, timesteps, features)
        return x, self._labels(labels, first, samples), *(tf.gather(weight, samples) for weight in weights)

    def _labels(self, labels: Any, first: Any, samples: Any) -> Any:
        if self.label_offsets is None:
            return tf.gather(labels, samples)
        offset, length = self.label_offsets
        y = tf.gather(labels, first[:, None] + tf.range(offset, offset + length))
        return tf.reshape(y, (-1, *self.label_shape))


def feed_of(prepared: Prepared, part: str, weights: Array | None = None) -> Feed:
    """Return the samples of one part, as windows where there is a series.

    Args:
        prepared: the experiment's arrays.
        part: "train", "validation" or "test".
        weights: how much each sample counts, (samples, …); None: all the same.
    """
    if not isinstance(prepared.source, Series) or not prepared.num_samples(part):
        return cut_feed(prepared, part, weights)
    exp, starts = prepared.experiment, prepared.rows[part]
    begin = int(starts.min())  # the part before takes its own rows along
    window = WindowFeed(
        scaled_rows(prepared)[begin : int(starts.max()) + exp.timesteps], starts - begin, exp.timesteps,
        prepared.input_shape, prepared.y[part], weights=_each(weights),
    )  # fmt: skip
    if prepared.y[part].nbytes <= MAX_BYTES or prepared.target_scaler is None:
        return window
    return _with_label_rows(window, prepared, begin)


def cut_feed(prepared: Prepared, part: str, weights: Array | None = None) -> ArrayFeed:
    """Return the samples of one part, each as an array of its own; on the host these are views on the rows."""
    return ArrayFeed((prepared.X[part], labels_of(prepared, part), *_each(weights)))


def _each(weights: Array | None) -> tuple[Array, ...]:
    return () if weights is None else (weights,)


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
    if prepared.scaled is None:
        raise TypeError("Expected a series; sequences have no common rows.")
    return prepared.scaled


def labels_of(prepared: Prepared, part: str) -> Array:
    """Return the labels of a part as numbers that every device takes."""
    y = prepared.y[part]
    return y.astype(np.int32) if y.dtype == np.int64 else y


def _with_label_rows(feed: WindowFeed, prepared: Prepared, begin: int) -> WindowFeed:
    exp, scaler = prepared.experiment, prepared.target_scaler
    if scaler is None:
        return feed
    offset = first_label_offset(exp.timesteps, exp.horizon, exp.labels)
    length = exp.timesteps if exp.labels == "sequence" else exp.horizon
    end = begin + int(feed.starts.max()) + offset + length
    goals = np.ascontiguousarray(scaler.transform(prepared.targets[begin:end]).astype(np.float32))
    return dataclasses.replace(
        feed, labels=goals, label_offsets=(offset, length), label_shape=prepared.label_shape
    )
