"""Train an experiment from its rows to a Run: history, forecasts and errors in original units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import keras
import numpy as np

from lstm_course.data import Prepared, Series, facts_of, prepare
from lstm_course.data.series import Sequences
from lstm_course.evaluate import Run, make_run
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.build import build, compile_for
from lstm_course.keras_bridge.callbacks import OnEpoch, TellEpochs, callbacks_of
from lstm_course.keras_bridge.fit import Engine, Fitted, fit
from lstm_course.keras_bridge.predict import Array, predict_parts
from lstm_course.keras_bridge.stream import budget_bytes
from lstm_course.keras_bridge.weighting import weights_of
from lstm_course.keras_bridge.weights import read_weights
from lstm_course.layers import Dropout
from lstm_course.problems import ProblemError
from lstm_course.shapes import network_of, predict, require_runnable


def train(
    exp: Experiment,
    series: Series | Sequences | None = None,
    *,
    on_epoch: OnEpoch | None = None,
    engine: Engine = "auto",
    jit: bool | None = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    sample_weight: Array | None = None,
    memory_mb: float | None = None,
) -> Run:
    """Train an experiment and forecast all its parts.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.
        on_epoch: called with an Epoch after each epoch.
        engine: "compiled" runs each epoch as one function, "model.fit" as Keras does; "auto" takes the
            first where it can.
        jit: whether XLA compiles the epochs; None: where that repays its time.
        callbacks: further Keras callbacks.
        sample_weight: how much each training sample counts in the loss, (samples,); None: all the same.
        memory_mb: memory that the training may take; None: what the machine has.

    Returns:
        A Run of plain values, without Keras objects.

    Raises:
        ProblemError: when the experiment cannot run; the text says what to change.

    Example:
        >>> run = train(Experiment(dataset="air_passengers", epochs=2))
        >>> run.engine, len(run.history["loss"]), run.predictions["test"].shape
        ('compiled', 2, (10, 1))
    """
    facts = facts_of(exp, series)
    require_runnable(predict(exp, facts))
    prepared = prepare(exp, series)
    model = build(exp, facts)
    compile_for(model, exp)
    asked = callbacks_of(exp, bool(prepared.num_samples("validation")))
    told = [TellEpochs(on_epoch, exp.epochs)] if on_epoch else []
    fitted = fit(
        model, prepared, engine=engine, jit=jit, callbacks=[*asked, *callbacks, *told],
        weights=weights_of(prepared, sample_weight), memory_mb=memory_mb,
    )  # fmt: skip
    return run_of(model, prepared, fitted, memory_mb)


def run_of(model: keras.Model, prepared: Prepared, fitted: Fitted, memory_mb: float | None = None) -> Run:
    """Forecast all parts with a trained model and keep everything as a Run."""
    exp = prepared.experiment
    weights = read_weights(model)
    num_epochs = len(next(iter(fitted.history.values())))
    outputs, notes = outputs_of(model, prepared, memory_mb)
    return make_run(
        prepared,
        outputs,
        history=fitted.history,
        weights=[weight.value for weight in weights],
        weight_names=[f"{weight.layer}/{weight.name}" for weight in weights],
        seconds=fitted.seconds,
        engine="compiled" if fitted.engine == "compiled" else "model.fit",
        engine_reason=fitted.reason,
        stopped_epoch=num_epochs if num_epochs < exp.epochs else None,
        notes=(*notes, *_notes(exp, prepared, fitted)),
    )


def outputs_of(
    model: keras.Model, prepared: Prepared, memory_mb: float | None = None
) -> tuple[Mapping[str, Array], tuple[str, ...]]:
    """Predict every part, on the network's scale, in the shape of its labels.

    Returns:
        The outputs by part, and a note where the output had another shape than the labels.

    Raises:
        ProblemError: when no forecast can be read from the output.
    """
    raw = predict_parts(model, prepared, budget=budget_bytes(memory_mb))
    if prepared.class_names:
        return raw, ()
    return {part: like_labels(output, prepared.label_shape) for part, output in raw.items()}, _shape_note(
        raw["train"].shape[1:], prepared.label_shape
    )


def like_labels(output: Array, label_shape: tuple[int, ...]) -> Array:
    """Read the forecast from an output that may have more timesteps, or fewer values, than the labels.

    Args:
        output: array of shape (samples, …).
        label_shape: shape of one label.

    Raises:
        ProblemError: when the two have nothing in common.

    Example:
        >>> like_labels(np.arange(12.0).reshape(2, 6, 1), (1,)).tolist()
        [[5.0], [11.0]]
    """
    size = int(np.prod(label_shape))
    if not len(output) or output[0].size == size:
        return output.reshape(len(output), *label_shape)
    last = output[:, -1] if output.ndim > 2 else output  # (samples, values)
    try:
        spread = np.broadcast_to(_beside(last, len(label_shape) + 1), (len(output), *label_shape))
    except ValueError:
        raise ProblemError(
            f"The network's output {output.shape[1:]} cannot be read as a forecast of the labels {label_shape}; "
            f"give the head {size} units."
        ) from None
    return np.array(spread)


def _beside(values: Array, rank: int) -> Array:
    """Put axes of size 1 behind the samples until the rank is reached."""
    return values.reshape(len(values), *(1,) * (rank - values.ndim), *values.shape[1:])


def _shape_note(output_shape: tuple[int, ...], label_shape: tuple[int, ...]) -> tuple[str, ...]:
    if int(np.prod(output_shape)) == int(np.prod(label_shape)):
        return ()
    return (
        f"The output {output_shape} has another shape than the labels {label_shape}; the forecasts shown are "
        "read from its last timestep.",
    )


def _notes(exp: Experiment, prepared: Prepared, fitted: Fitted) -> list[str]:
    notes = list[str]()
    if fitted.engine == "model.fit" and fitted.reason:
        notes.append(f"Trained by model.fit, because {fitted.reason}.")
    if fitted.jit and draws_random_bits(exp, prepared):
        notes.append(
            "Dropout drew other random bits than model.fit would: compiled by XLA it uses another generator. "
            "The losses differ a little; the mathematics is the same."
        )
    stopping = exp.early_stopping
    if stopping and stopping.monitor == "val_loss" and not prepared.num_samples("validation"):
        notes.append("There is no validation sample, so EarlyStopping watched the training loss.")
    return notes


def draws_random_bits(exp: Experiment, prepared: Prepared) -> bool:
    """Whether training drops anything by chance."""
    network = network_of(exp, facts_of(exp, prepared.source))
    layers = [*network, *exp.recurrent_layers, *(getattr(layer, "layer", layer) for layer in network)]
    shares = (
        (layer.rate,) if isinstance(layer, Dropout) else
        (getattr(layer, "dropout", 0.0), getattr(layer, "recurrent_dropout", 0.0))
        for layer in layers
    )  # fmt: skip
    return any(share for pair in shares for share in pair)
