"""Callbacks of a training, and which of Keras's hooks a callback listens to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras

from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.events import Epoch

OnEpoch = Callable[[Epoch], object]

_BATCH_HOOKS = tuple(
    f"on_{kind}_{moment}"
    for kind in ("train_batch", "test_batch", "batch", "test")
    for moment in ("begin", "end")
)


class ResetStates(keras.callbacks.Callback):  # type: ignore[misc]
    """Lets stateful layers forget at the start of each epoch."""

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Set the states to zero."""
        reset_states(self.model)


class TellEpochs(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells each finished epoch, with the time that the rest will take."""

    def __init__(self, on_epoch: OnEpoch, epochs: int) -> None:
        super().__init__()
        self._on_epoch = on_epoch
        self._epochs = epochs
        self._first = self._last = 0.0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Start the clock."""
        self._last = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Tell the epoch; the first one, which compiles, gives no estimate for the rest."""
        now = time.perf_counter()
        if epoch == 0:
            self._first = now
        left = self._epochs - epoch - 1
        eta = 0.0 if not left else (now - self._first) / epoch * left if epoch else None
        figures = {name: float(value) for name, value in (logs or {}).items()}
        self._on_epoch(Epoch(epoch + 1, self._epochs, figures, now - self._last, eta))


def reset_states(model: keras.Model) -> None:
    """Set the state of every stateful layer to zero; other layers are left alone."""
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def callbacks_of(exp: Experiment, has_validation: bool) -> list[keras.callbacks.Callback]:
    """Return the callbacks that the experiment itself asks for."""
    asked = list[keras.callbacks.Callback]()
    if exp.stateful and exp.reset_state == "epoch":
        asked.append(ResetStates())
    stopping = exp.early_stopping
    if stopping is not None:
        asked.append(
            keras.callbacks.EarlyStopping(
                monitor=stopping.monitor if has_validation else "loss",
                patience=stopping.patience,
                restore_best_weights=stopping.restore_best_weights,
            )
        )
    return asked


def batch_listener(callbacks: Sequence[keras.callbacks.Callback]) -> str:
    """Name the first callback and hook that want to hear of single batches; empty where none does.

    >>> batch_listener([keras.callbacks.TerminateOnNaN()])
    'TerminateOnNaN.on_batch_end'
    >>> batch_listener([keras.callbacks.EarlyStopping(), keras.callbacks.ModelCheckpoint("a.keras")])
    ''
    """
    for callback in callbacks:
        for hook in _BATCH_HOOKS:
            if _listens(callback, hook):
                return f"{type(callback).__name__}.{hook}"
    return ""


def _listens(callback: keras.callbacks.Callback, hook: str) -> bool:
    if isinstance(callback, keras.callbacks.ModelCheckpoint) and callback.save_freq == "epoch":
        return False  # it has the hook, and then does nothing in it
    inherited = getattr(type(callback), hook) is getattr(keras.callbacks.Callback, hook)
    return hook in vars(callback) or not inherited
