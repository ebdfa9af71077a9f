"""Training on more than the memory holds: windows are cut chunk by chunk, while the epoch runs.

On the host a window is a view on the rows and costs nothing. A chunk of some batches is cut out, handed to
a compiled function that takes its steps, and let go; the order of the samples, the batches and the steps
are those of compiled epochs, and so are the losses.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import keras
import numpy as np
import tensorflow as tf

from lstm_course.keras_bridge.compiled import run_batches, validation_batch
from lstm_course.keras_bridge.feed import Array, ArrayFeed
from lstm_course.keras_bridge.graphs import XlaGraph
from lstm_course.keras_bridge.order import Order

SHARE = 4  # the samples on the device may take one part in four: rows, labels and results need the others
CHUNK_SHARE = 4  # a chunk exists on the host, on the device, and once more where XLA lays it out
MAX_CHUNK = 64 * 1024**2  # bytes; longer chunks save no time any more
UNKNOWN_MB = 4_096  # where neither a limit nor the machine says how much memory there is


def budget_bytes(memory_mb: float | None = None) -> int:
    """Return how many bytes the samples may take on the device.

    Args:
        memory_mb: memory that the training may take in all; None: what the machine has.

    Example:
        >>> budget_bytes(4096) == 1024**3
        True
    """
    return int((memory_mb or _machine_mb()) / SHARE * 1024**2)


def _machine_mb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**2
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return UNKNOWN_MB


def chunk_samples(feed: ArrayFeed, batch_size: int, budget: int) -> int:
    """Return how many samples a chunk holds: whole batches, one at least."""
    each = max(feed.num_bytes // max(feed.num_samples, 1), 1)
    batches = min(budget // CHUNK_SHARE, MAX_CHUNK) // (each * batch_size)
    return batch_size * max(batches, 1)


class StreamedEpochs:
    """One epoch of training and validation, chunk by chunk."""

    def __init__(
        self,
        model: keras.Model,
        train: ArrayFeed,
        validation: ArrayFeed | None,
        batch_size: int,
        *,
        budget: int,
        jit: bool,
    ) -> None:
        """Trace the steps of a model that has a loss and an optimizer; no step is taken yet.

        Args:
            model: a model that was compiled.
            train: the training samples, as views on the host.
            validation: the validation samples, or None.
            batch_size: samples per gradient step.
            budget: bytes that a chunk may take with its copies.
            jit: whether XLA compiles the steps.

        Raises:
            Exception: whatever tracing the model raises.
        """
        self.model = model
        self.num_samples = train.num_samples
        self.num_steps = -(-train.num_samples // batch_size)
        model.optimizer.build(model.trainable_variables)
        self._train = _Passage(model, "train", train, batch_size, budget, jit)
        self._validation: _Passage | None = None
        if validation is not None and validation.num_samples:
            size = validation_batch(model, validation, batch_size)
            self._validation = _Passage(model, "test", validation, size, budget, jit)

    @property
    def jit(self) -> bool:
        """Whether XLA compiles the steps."""
        return self._train.jit

    def __call__(self, order: Order) -> dict[str, float]:
        """Run one epoch and return its logs, as `model.fit` would."""
        logs = self._logs_of(self._train, order)
        if self._validation is None:
            return logs
        numbers = np.arange(self._validation.num_samples, dtype=np.int32)
        return logs | {
            f"val_{name}": value for name, value in self._logs_of(self._validation, numbers).items()
        }

    def _logs_of(self, passage: _Passage, order: Order) -> dict[str, float]:
        self.model.reset_metrics()
        passage(order)
        return {name: float(value) for name, value in self.model.get_metrics_result().items()}


class _Passage:
    """One pass over the samples of a part."""

    def __init__(
        self, model: keras.Model, kind: str, feed: ArrayFeed, batch_size: int, budget: int, jit: bool
    ) -> None:
        self._feed = feed
        self.num_samples = feed.num_samples
        self._chunk = chunk_samples(feed, batch_size, budget)

        def steps(*tensors: object) -> None:
            numbers = tf.range(tensors[0].shape[0])  # type: ignore[attr-defined]
            run_batches(model, kind, feed, tensors, numbers, batch_size)

        self._graphs = {size: XlaGraph(steps, *self._specs(size), jit=jit) for size in self._sizes()}

    @property
    def jit(self) -> bool:
        return all(graph.jit for graph in self._graphs.values())

    def __call__(self, order: Order) -> None:
        for samples in self._chunks(order):
            self._graphs[len(samples)](*(tf.constant(array[samples]) for array in self._feed.arrays))

    def _chunks(self, order: Order) -> Iterator[Array]:
        return (order[first : first + self._chunk] for first in range(0, len(order), self._chunk))

    def _sizes(self) -> set[int]:
        return {min(self._chunk, self.num_samples), self.num_samples % self._chunk} - {0}

    def _specs(self, size: int) -> list[tf.TensorSpec]:
        return [tf.TensorSpec((size, *array.shape[1:]), array.dtype) for array in self._feed.arrays]
