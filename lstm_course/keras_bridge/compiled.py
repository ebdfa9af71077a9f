"""Training as one compiled function per epoch: the steps of `model.fit` without the time between them.

`model.fit` spends most of its time between the steps. Here the data lie on the device, the order of the
samples is passed in, and a loop over the batches runs inside one XLA function; each step is Keras's own
`train_step`, so that the mathematics is that of `model.fit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import keras
import tensorflow as tf

from lstm_course.keras_bridge.feed import Feed
from lstm_course.keras_bridge.graphs import graph_of
from lstm_course.keras_bridge.order import Order, sample_orders

_XLA_ERRORS = (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError, tf.errors.InternalError)
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
        self._validation_batch = _validation_batch(model, self._validation, batch_size)
        self._tensors = (train.tensors, self._validation.tensors if self._validation else ())
        model.optimizer.build(model.trainable_variables)
        self._jit = jit
        self._function = self._traced()

    @property
    def num_samples(self) -> int:
        """Training samples in an epoch."""
        return self._train.num_samples

    @property
    def num_steps(self) -> int:
        """Gradient steps in an epoch."""
        return -(-self.num_samples // self._batch_size)

    def __call__(self, order: Order) -> dict[str, float]:
        """Run one epoch and return its logs, as `model.fit` would.

        XLA compiles at the first call; what it cannot compile has changed nothing yet and runs without it.
        """
        try:
            logs = self._function(tf.constant(order), *self._tensors)
        except _XLA_ERRORS:
            if not self._jit:
                raise
            self._jit = False
            self._function = self._traced()
            logs = self._function(tf.constant(order), *self._tensors)
        return {name: float(value) for name, value in logs.items()}

    @property
    def jit(self) -> bool:
        """Whether XLA compiles the epoch."""
        return self._jit

    def _traced(self) -> Callable[..., Any]:
        order = tf.TensorSpec((self.num_samples,), tf.int32)
        return graph_of(self._epoch, order, *self._tensors, jit=self._jit)

    def _epoch(self, order: Any, train: Any, validation: Any) -> dict[str, Any]:
        model = self.model
        model.reset_metrics()
        _each_batch(
            order, self._train.num_samples, self._batch_size, self._step(model.train_step, self._train, train)
        )
        logs = dict(model.get_metrics_result())
        if self._validation is None:
            return logs
        model.reset_metrics()
        num_samples = self._validation.num_samples
        step = self._step(model.test_step, self._validation, validation)
        _each_batch(tf.range(num_samples), num_samples, self._validation_batch, step)
        return logs | {f"val_{name}": value for name, value in model.get_metrics_result().items()}

    @staticmethod
    def _step(step: Callable[[Any], Any], feed: Feed, tensors: Any) -> Callable[[Any], None]:
        return lambda samples: step(feed.batch(tensors, samples))


def _each_batch(order: Any, num_samples: int, batch_size: int, step: Callable[[Any], Any]) -> None:
    """Loop over the full batches, and take the remainder as a step of its own size."""
    num_full, remainder = divmod(num_samples, batch_size)
    if num_full == 1:
        step(order[:batch_size])
    elif num_full:
        full = tf.reshape(order[: num_full * batch_size], (num_full, batch_size))

        def one(number: Any) -> Any:
            step(full[number])
            return number + 1

        tf.while_loop(lambda number: number < num_full, one, [tf.constant(0)], maximum_iterations=num_full)
    if remainder:
        step(order[num_full * batch_size :])


def _validation_batch(model: keras.Model, feed: Feed | None, batch_size: int) -> int:
    """Take all validation samples at once where the averages do not depend on the batches.

    They do where a state goes from batch to batch and where a mask weighs the terms of each batch.
    """
    depends = any(_is_stateful(layer) or _masks(layer) for layer in model.layers)
    if feed is None or depends or feed.num_samples > MAX_WHOLE:
        return batch_size
    return feed.num_samples


def _is_stateful(layer: keras.Layer) -> bool:
    return bool(getattr(layer, "stateful", False))


def _masks(layer: keras.Layer) -> bool:
    return isinstance(layer, keras.layers.Masking)


def fit_compiled(
    run_epoch: CompiledEpochs,
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
