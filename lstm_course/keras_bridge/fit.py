"""Train a model by compiled epochs, or by `model.fit` where these cannot."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import keras
import tensorflow as tf

from lstm_course.data import Prepared
from lstm_course.keras_bridge.batches import CutBatches
from lstm_course.keras_bridge.callbacks import batch_listener
from lstm_course.keras_bridge.compiled import CompiledEpochs, Epochs, fit_compiled
from lstm_course.keras_bridge.feed import Array, cut_feed, feed_of
from lstm_course.keras_bridge.stream import StreamedEpochs, budget_bytes
from lstm_course.keras_bridge.unrolling import short_loops_unrolled
from lstm_course.layers import Bidirectional, Layer, recurrent_of
from lstm_course.problems import ProblemError

Engine = Literal["auto", "compiled", "model.fit"]
ENGINES: tuple[Engine, ...] = ("auto", "compiled", "model.fit")

_TRACING_ERRORS = (tf.errors.OpError, NotImplementedError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Fitted:
    """How a training went."""

    history: dict[str, tuple[float, ...]]  # loss, metrics and their val_ counterparts, one value per epoch
    engine: str  # "compiled" or "model.fit"
    reason: str  # why it was model.fit; empty otherwise
    jit: bool  # whether XLA compiled the epochs
    seconds: float  # time that training took, with compiling


def fit(
    model: keras.Model,
    prepared: Prepared,
    *,
    engine: Engine = "auto",
    jit: bool | None = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    weights: Array | None = None,
    memory_mb: float | None = None,
) -> Fitted:
    """Train a compiled model on the experiment's arrays.

    Args:
        model: the experiment's model, compiled.
        prepared: its arrays.
        engine: "compiled" runs each epoch as one function, "model.fit" as Keras does; "auto" takes the
            first where it can.
        jit: whether XLA compiles the epochs; None: where that repays its time.
        callbacks: Keras callbacks.
        weights: how much each training sample counts, as `weights_of` gives it; None: all the same.
        memory_mb: memory that the training may take; None: what the machine has. Samples that take more than
            their share of it are cut from the rows while the epoch runs; the losses are the same.

    Raises:
        ProblemError: when the engine is unknown, or "compiled" was asked for and cannot be.
        Exception: whatever Keras raises.
    """
    if engine not in ENGINES:
        raise ProblemError(f"engine={engine!r}: expected one of {', '.join(map(repr, ENGINES))}.")
    began = time.perf_counter()
    reason = "it was asked for" if engine == "model.fit" else _reason(callbacks)
    if reason and engine == "compiled":
        raise ProblemError(f"Compiled epochs cannot be used: {reason}. Choose engine='auto' or 'model.fit'.")
    xla = repays_xla(prepared) if jit is None else jit
    samples = _Samples(prepared, weights, budget_bytes(memory_mb))
    run_epoch = reason or _compiled_epochs(model, samples, xla)
    if not isinstance(run_epoch, str):
        exp = prepared.experiment
        history = fit_compiled(run_epoch, epochs=exp.epochs, shuffled=exp.shuffled, callbacks=callbacks)
        return _fitted(history, "compiled", "", run_epoch.jit, began)
    if engine == "compiled":
        raise ProblemError(f"Compiled epochs cannot be used: {run_epoch}.")
    history = _model_fit(model, samples, callbacks)
    return _fitted(history, "model.fit", run_epoch, False, began)


@dataclass(frozen=True, eq=False)
class _Samples:
    """What is trained on, and how much room there is for it."""

    prepared: Prepared  # the experiment's arrays
    weights: Array | None  # how much each training sample counts
    budget: int  # bytes that the samples may take on the device

    @property
    def has_validation(self) -> bool:
        return self.prepared.num_samples("validation") > 0


def _fitted(history: dict[str, list[float]], engine: str, reason: str, jit: bool, began: float) -> Fitted:
    plain = {name: tuple(float(value) for value in values) for name, values in history.items()}
    return Fitted(plain, engine, reason, jit, time.perf_counter() - began)


def _reason(callbacks: Sequence[keras.callbacks.Callback]) -> str:
    """Say why epochs cannot be compiled; empty where they can."""
    listener = batch_listener(callbacks)
    return f"{listener} wants to hear of single batches" if listener else ""


def _compiled_epochs(model: keras.Model, samples: _Samples, jit: bool) -> Epochs | str:
    """Trace the epoch, or say why it cannot be: nothing of the model has changed then."""
    try:
        with short_loops_unrolled(model):
            return _epochs(model, samples, jit)
    except _TRACING_ERRORS as error:
        line = (str(error).strip().splitlines() or [""])[0]
        return f"the epoch could not be compiled ({type(error).__name__}: {line})"


def _epochs(model: keras.Model, samples: _Samples, jit: bool) -> Epochs:
    prepared, batch_size = samples.prepared, samples.prepared.experiment.batch_size
    train = feed_of(prepared, "train", samples.weights)
    validation = feed_of(prepared, "validation") if samples.has_validation else None
    if train.num_bytes + (validation.num_bytes if validation else 0) <= samples.budget:
        return CompiledEpochs(model, train, validation, batch_size, jit)
    cut = cut_feed(prepared, "train", samples.weights)
    cut_validation = cut_feed(prepared, "validation") if samples.has_validation else None
    return StreamedEpochs(model, cut, cut_validation, batch_size, budget=samples.budget, jit=jit)


def _model_fit(
    model: keras.Model, samples: _Samples, callbacks: Sequence[keras.callbacks.Callback]
) -> dict[str, list[float]]:
    exp = samples.prepared.experiment
    train = cut_feed(samples.prepared, "train", samples.weights)
    validation = cut_feed(samples.prepared, "validation") if samples.has_validation else None
    common = {"epochs": exp.epochs, "callbacks": list(callbacks), "verbose": 0}
    if train.num_bytes + (validation.num_bytes if validation else 0) <= samples.budget:
        x, y, *weights = train.arrays
        model.fit(
            x, y, sample_weight=weights[0] if weights else None, batch_size=exp.batch_size, shuffle=exp.shuffled,
            validation_data=validation and validation.arrays, **common,
        )  # fmt: skip
    else:
        batches = CutBatches(train, exp.batch_size, exp.shuffled)
        later = CutBatches(validation, exp.batch_size) if validation else None
        model.fit(batches, shuffle=False, validation_data=later, **common)
    history: dict[str, list[float]] = model.history.history
    return history


def repays_xla(prepared: Prepared) -> bool:
    """Estimate whether XLA saves more time than its compilation takes.

    Measured on two cores: compiling costs 0.3 s and 0.7 s for each reading of the window; a step then
    takes 0.12 ms less, and 0.045 ms less for each timestep of each reading. Unrolled layers compile for
    half a minute. The estimate depends on the experiment alone, so that a seed gives the same run again.

    Example:
        >>> from lstm_course.data import prepare
        >>> from lstm_course.experiment import Experiment
        >>> repays_xla(prepare(Experiment(epochs=20))), repays_xla(prepare(Experiment(epochs=2000)))
        (False, True)
    """
    exp = prepared.experiment
    readings = sum(2 if isinstance(layer, Bidirectional) else 1 for layer in exp.layers if _reads(layer))
    steps = exp.epochs * -(-prepared.num_samples("train") // exp.batch_size)
    saved = steps * (0.12e-3 + 0.045e-3 * prepared.input_shape[0] * readings)
    unrolled = any(layer.unroll for layer in exp.recurrent_layers) and prepared.input_shape[0] > 4
    return not unrolled and saved > 0.3 + 0.7 * readings


def _reads(layer: Layer) -> bool:
    return recurrent_of(layer) is not None
