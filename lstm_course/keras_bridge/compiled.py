"""Training as one compiled function per epoch: the steps of `model.fit` without the time between them.

`model.fit` spends most of its time between the steps. Here the data lie on the device, the order of the
samples is passed in, and a loop over the batches runs inside one XLA function; each step is Keras's own
`train_step`, so that the mathematics is that of `model.fit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Protocol

import keras
import tensorflow as tf

from lstm_course.keras_bridge.feed import Feed
from lstm_course.keras_bridge.graphs import XlaGraph
from lstm_course.keras_bridge.order import Order, sample_orders

MAX_WHOLE = 2_048  # validation samples up to which one batch of all is taken where that changes nothing


class CompiledEpochs:
    """One epoch of training and validation as one function on the device."""

    def __init__(
        self, model: keras.Model, train: Feed, validation: Feed | None, batch_size: int, jit: bool = True
    ) -> None:
        """Compile the epoch of a model that has a loss and an optimizer; no step is taken yet.

        Args:
            model: a model that was compiled.
            train: the training samples.
            validation: the validation samples, or None.
            batch_size: samples per gradient step.
            jit: whether XLA compiles the epoch; without it, dropout draws the same bits as in `model.fit`.

        Raises:
            Exception: whatever tracing the model raises.
        """
        self.model = model
        self._train = train
        self._validation = validation if validation is not None and validation.num_samples else None
        self._batch_size = batch_size
        self._validation_batch = validation_batch(model, self._validation, batch_size)
        self._tensors = (train.tensors, self._validation.tensors if self._validation else ())
        model.optimizer.build(model.trainable_variables)
        order = tf.TensorSpec((train.num_samples,), tf.int32)
        self._graph = XlaGraph(self._epoch, order, *self._tensors, jit=jit)

    @property
    def num_samples(self) -> int:
        """Training samples in an epoch."""
        return self._train.num_samples

    @property
    def num_steps(self) -> int:
        """Gradient steps in an epoch."""
        return -(-self.num_samples // self._batch_size)

    @property
    def jit(self) -> bool:
        """Whether XLA compiles the epoch."""
        return self._graph.jit

    def __call__(self, order: Order) -> dict[str, float]:
        """Run one epoch and return its logs, as `model.fit` would."""
        logs = self._graph(tf.constant(order), *self._tensors)
        return {name: float(value) for name, value in logs.items()}

    def _epoch(self, order: Any, train: Any, validation: Any) -> dict[str, Any]:
        model = self.model
        model.reset_metrics()
        run_batches(model, "train", self._train, train, order, self._batch_size)
        logs = dict(model.get_metrics_result())
        if self._validation is None:
            return logs
        model.reset_metrics()
        numbers = tf.range(self._validation.num_samples)
        run_batches(model, "test", self._validation, validation, numbers, self._validation_batch)
        return logs | {f"val_{name}": value for name, value in model.get_metrics_result().items()}


def run_batches(model: keras.Model, kind: str, feed: Feed, tensors: Any, order: Any, batch_size: int) -> None:
    """Loop over the full batches, within a graph, and take the remainder as a step of its own size.

    Args:
        model: a model that was compiled.
        kind: "train" or "test", whose step is taken.
        feed: the samples.
        tensors: what of them lies on the device.
        order: numbers of the samples, as many as the shape of the tensor says.
        batch_size: samples in a full batch.
    """
    take_step = model.train_step if kind == "train" else model.test_step

    def step(samples: Any) -> None:
        take_step(feed.batch(tensors, samples))

    num_full, remainder = divmod(order.shape[0], batch_size)
    if num_full == 1:
        step(order[:batch_size])
    elif num_full:
        full = tf.reshape(order[: num_full * batch_size], (num_full, batch_size))

        def one(number: Any) -> Any:
            step(full[number])
            return number + 1

        tf.while_loop(lambda number: number < num_full, one, [tf.constant(0)], maximum_iterations=num_full)
    if remainder:
        rest = order[num_full * batch_size :]
        step(_of_open_length(rest) if _keeps_state(model) else rest)


def _of_open_length(numbers: Any) -> Any:
    """Hide how many there are: Keras stretches a single sample over the kept state only where it cannot know."""
    return tf.raw_ops.PlaceholderWithDefault(input=numbers, shape=(None,))


def validation_batch(model: keras.Model, feed: Feed | None, batch_size: int) -> int:
    """Take all validation samples at once where the averages do not depend on the batches.

    They do where a state goes from batch to batch and where a mask weighs the terms of each batch.
    """
    depends = _keeps_state(model) or any(isinstance(layer, keras.layers.Masking) for layer in model.layers)
    if feed is None or depends or feed.num_samples > MAX_WHOLE:
        return batch_size
    return feed.num_samples


def _keeps_state(model: keras.Model) -> bool:
    return any(getattr(layer, "stateful", False) for layer in model.layers)


class Epochs(Protocol):
    """Epochs of one model, run one at a time."""

    @property
    def model(self) -> keras.Model:
        """The model that is trained."""

    @property
    def num_samples(self) -> int:
        """Training samples in an epoch."""

    @property
    def num_steps(self) -> int:
        """Gradient steps in an epoch."""

    @property
    def jit(self) -> bool:
        """Whether XLA compiles the epoch."""

    def __call__(self, order: Order) -> dict[str, float]:
        """Run one epoch in this order of the samples and return its logs."""


def fit_compiled(
    run_epoch: Epochs,
    *,
    epochs: int,
    shuffled: bool,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> dict[str, list[float]]:
    """Train a model epoch by epoch and return its history.

    Callbacks are told of the training and of each epoch, as in `model.fit`; of batches they hear nothing.

    Args:
        run_epoch: the compiled epochs of the model.
        epochs: passes over the training samples at most.
        shuffled: whether the samples are shuffled, as `model.fit` would.
        callbacks: Keras callbacks without batch-level hooks.

    Returns:
        History by name, one value per epoch.
    """
    model = run_epoch.model
    told = keras.callbacks.CallbackList(
        list(callbacks), add_history=True, model=model, epochs=epochs, steps=run_epoch.num_steps, verbose=0
    )
    model.stop_training = False
    told.on_train_begin()
    logs = dict[str, float]()
    for epoch, order in enumerate(islice(sample_orders(run_epoch.num_samples, shuffled), epochs)):
        told.on_epoch_begin(epoch)
        logs = run_epoch(order)
        told.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    told.on_train_end(logs)
    return {name: [float(value) for value in values] for name, values in model.history.history.items()}
