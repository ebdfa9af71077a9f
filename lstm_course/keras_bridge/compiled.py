"""Training as one compiled function per epoch: the steps of `model.fit` without the time between them.

`model.fit` spends most of its time between the steps. Here the data lie on the device, the order of the
samples is passed in, and a loop over the batches runs inside one XLA function; each step is Keras's own
`train_step`, so that the mathematics is that of `model.fit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import keras
import tensorflow as tf

from lstm_course.keras_bridge.feed import Feed
from lstm_course.keras_bridge.order import Order, sample_orders

MAX_WHOLE = 2_048  # validation samples up to which one batch of all is taken where that changes nothing


class CompiledEpochs:
    """One epoch of training and validation as one function on the device."""

    def __init__(
        self, model: keras.Model, train: Feed, validation: Feed | None, batch_size: int, jit: bool = True
    ) -> None:
        """Prepare a compiled model; nothing is compiled before the first call."""
        self._model = model
        self._train = train
        self._validation = validation if validation is not None and validation.num_samples else None
        self._batch_size = batch_size
        self._validation_batch = _validation_batch(model, self._validation, batch_size)
        self._tensors = (train.tensors, self._validation.tensors if self._validation else ())
        model.optimizer.build(model.trainable_variables)
        self._function = tf.function(self._epoch, jit_compile=jit, autograph=False)

    def __call__(self, order: Order) -> dict[str, float]:
        """Run one epoch and return its logs, as `model.fit` would."""
        logs = self._function(tf.constant(order), *self._tensors)
        return {name: float(value) for name, value in logs.items()}

    def _epoch(self, order: Any, train: Any, validation: Any) -> dict[str, Any]:
        model = self._model
        model.reset_metrics()
        _each_batch(order, self._train.num_samples, self._batch_size, self._step(model.train_step, self._train, train))
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
    depends = any(_is_stateful(layer) or layer.supports_masking and _masks(layer) for layer in model.layers)
    if feed is None or depends or feed.num_samples > MAX_WHOLE:
        return batch_size
    return feed.num_samples


def _is_stateful(layer: keras.Layer) -> bool:
    return bool(getattr(layer, "stateful", False))


def _masks(layer: keras.Layer) -> bool:
    return isinstance(layer, keras.layers.Masking)


def fit_compiled(
    model: keras.Model,
    train: Feed,
    validation: Feed | None,
    *,
    batch_size: int,
    epochs: int,
    shuffled: bool,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    jit: bool = True,
) -> dict[str, list[float]]:
    """Train a compiled model epoch by epoch and return its history.

    Callbacks are told of the training and of each epoch, as in `model.fit`; of batches they hear nothing.

    Args:
        model: a model that was compiled.
        train: the training samples.
        validation: the validation samples, or None.
        batch_size: samples per gradient step.
        epochs: passes over the training samples at most.
        shuffled: whether the samples are shuffled, as `model.fit` would.
        callbacks: Keras callbacks without batch-level hooks.
        jit: whether XLA compiles the epoch; without it, dropout draws the same bits as in `model.fit`.

    Returns:
        History by name, one value per epoch.

    Raises:
        Exception: whatever tracing or compiling the model raises.
    """
    run_epoch = CompiledEpochs(model, train, validation, batch_size, jit)
    steps = -(-train.num_samples // batch_size)
    told = keras.callbacks.CallbackList(
        list(callbacks), add_history=True, model=model, epochs=epochs, steps=steps, verbose=0
    )
    model.stop_training = False
    told.on_train_begin()
    logs = dict[str, float]()
    for epoch, order in _numbered(sample_orders(train.num_samples, shuffled), epochs):
        told.on_epoch_begin(epoch)
        logs = run_epoch(order)
        told.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    told.on_train_end(logs)
    return {name: [float(value) for value in values] for name, values in model.history.history.items()}


def _numbered(orders: Iterator[Order], epochs: int) -> Iterator[tuple[int, Order]]:
    return enumerate(islice(orders, epochs))

