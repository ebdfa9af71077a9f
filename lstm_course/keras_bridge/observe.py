"""Measure an experiment's shapes on a real Keras model: build it, and run one real batch through it."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_course.data import Prepared, Series, facts_of, prepare
from lstm_course.data.series import Sequences
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.build import Passage, build, compile_for, keras_layers, passages
from lstm_course.keras_bridge.feed import labels_of
from lstm_course.keras_bridge.graphs import run_graph
from lstm_course.keras_bridge.observation import (
    Array,
    Disagreement,
    KerasError,
    NamedWeight,
    Observation,
    agrees,
)
from lstm_course.keras_bridge.weights import name_of, read_weights
from lstm_course.layers import Layer
from lstm_course.shapes import LayerShape, Prediction, Stage, Tensor, Weight, network_of, predict

__all__ = ["Disagreement", "Observation", "agrees", "observe", "observe_stages"]

Source = Series | Sequences | None
KERAS_ERRORS = (
    ValueError,
    TypeError,
    tf.errors.OpError,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
)


def observe_stages(exp: Experiment, series: Source = None) -> tuple[Stage, ...]:
    """Return the stages of an experiment with every shape measured on a real model.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.

    Raises:
        DataError: when the data give no training sample.

    Example:
        >>> [stage.shape for stage in observe_stages(Experiment(timesteps=12)) if stage.id == "head"]
        [(32, 1)]
    """
    return observe(exp, series).stages


def observe(exp: Experiment, series: Source = None) -> Observation:
    """Build the experiment's model, run its first batch through it, and say what came of it.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.

    Returns:
        Measured stages, initial weights, the loss of the first batch; or what Keras raised.

    Raises:
        DataError: when the data give no training sample.
    """
    began = time.perf_counter()
    prediction = predict(exp, facts_of(exp, series))
    prepared = prepare(exp, series)
    x, y = _batch(prepared)
    measured = _data_stages(prediction, prepared, x, y)
    seen = _Seen()
    try:
        _run(seen, exp, prediction, prepared, x, y)
    except KERAS_ERRORS as raised:
        seen.error = keras_error(raised, seen.stage or _stage_reached(prediction, len(seen.layers)))
    stages = (*measured, *_network_stages(prediction, seen.layers, seen.loss is not None))
    seconds = time.perf_counter() - began
    return Observation(stages, seen.weights, seen.loss, seen.output, seen.error, seconds)


@dataclasses.dataclass(eq=False)
class _Seen:
    """What is known so far, so that an error loses nothing of it."""

    layers: list[LayerShape] = dataclasses.field(default_factory=list)  # layers that ran
    weights: tuple[NamedWeight, ...] = ()  # initial weights
    loss: float | None = None  # loss of the first batch
    output: Array | None = None  # output for the first batch
    stage: str = ""  # stage that is being tried, where it is not the next layer's
    error: KerasError | None = None  # what Keras raised


def _run(
    seen: _Seen, exp: Experiment, prediction: Prediction, prepared: Prepared, x: Array, y: Array
) -> None:
    specs = network_of(exp, prediction.facts)
    try:
        model = build(exp, prediction.facts)
    except KERAS_ERRORS:
        seen.layers += measure(specs, keras_layers(specs), x)[0]  # as far as it goes
        raise
    seen.weights = read_weights(model)
    made = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    layers, seen.output = measure(specs, made, x)
    seen.layers += layers
    seen.loss = _first_loss(model, exp, x, y)
    seen.stage = "batching"
    _try_last_batch(model, prepared)


def _batch(prepared: Prepared) -> tuple[Array, Array]:
    size = prepared.experiment.batch_size
    y = labels_of(prepared, "train")
    return np.ascontiguousarray(prepared.X["train"][:size]), np.ascontiguousarray(y[:size])


def _data_stages(prediction: Prediction, prepared: Prepared, x: Array, y: Array) -> list[Stage]:
    """Put the shapes of the real arrays into the stages below the network."""
    tensors = {"windowing": prepared.X["train"], "batching": x}
    labels = {"labels": prepared.y["train"], "batching": y}
    measured = list[Stage]()
    for stage in prediction.stages:
        if stage.id == "input-layer":
            break
        array, goal = tensors.get(stage.id, labels.get(stage.id)), labels.get(stage.id)
        changes: dict[str, Any] = {}
        if array is not None:
            changes["tensor"] = _seen(stage.tensor, array.shape)
        if goal is not None and stage.label is not None:
            changes["label"] = _seen(stage.label, goal.shape)
        measured.append(dataclasses.replace(stage, **changes))
    return measured


def _seen(predicted: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Give a measured shape the predicted names, as far as there are any."""
    axes = (*predicted.axes, *("features",) * len(shape))[: len(shape)]
    return Tensor(tuple(int(size) for size in shape), axes)


def measure(specs: Sequence[Layer], made: Sequence[keras.Layer], x: Array) -> tuple[list[LayerShape], Array]:
    """Lead a real batch up through the layers, as far as it goes, and note each passage."""
    seen: list[Passage] = []

    def run(batch: Any) -> list[Any]:
        seen.clear()  # layers without weights yet are traced twice
        with contextlib.suppress(*KERAS_ERRORS):  # raised and told by the caller, who has built the model
            seen.extend(passages(specs, made, batch))
        return [batch, *((passage.input, passage.output, passage.states) for passage in seen)]

    entered, *tensors = run_graph(run, tf.constant(x))
    shapes = [
        _layer_shape(position, passage, *arrays)
        for position, (passage, arrays) in enumerate(zip(seen, tensors, strict=True))
    ]
    return shapes, np.asarray(tensors[-1][1] if tensors else entered)


def _layer_shape(position: int, passage: Passage, entered: Any, left: Any, states: Any) -> LayerShape:
    layer = passage.keras_layer
    mask_in = keras.src.backend.get_keras_mask(passage.input)
    mask_out = keras.src.backend.get_keras_mask(passage.output)
    return LayerShape(
        position=position, layer=passage.layer, input=_unnamed(entered), output=_unnamed(left),
        states=tuple(_unnamed(state) for state in states),
        weights=tuple(Weight(name_of(layer, variable), tuple(variable.shape)) for variable in layer.weights),
        parameters=layer.count_params(), shape_formula="", parameter_formula="",
        masked=mask_in is not None, passes_mask=mask_out is not None,
    )  # fmt: skip


def _unnamed(tensor: Any) -> Tensor:
    return Tensor(tuple(tensor.shape), ("features",) * len(tensor.shape))


def _network_stages(prediction: Prediction, layers: list[LayerShape], has_loss: bool) -> Iterator[Stage]:
    """Put the measured layers into the stages of the network."""
    remaining = iter(layers)
    for stage in prediction.stages:
        if stage.id in ("raw-data", "scaling", "windowing", "labels", "batching"):
            continue
        if stage.id == "loss":
            if has_loss:
                yield stage
            continue
        measured = [_with_names(rule, seen) for rule, seen in zip(stage.layers, remaining, strict=False)]
        if len(measured) < len(stage.layers):
            return
        tensor = measured[-1].output if measured else stage.tensor
        yield dataclasses.replace(stage, tensor=tensor, layers=tuple(measured))


def _with_names(rule: LayerShape, seen: LayerShape) -> LayerShape:
    """Give a measured layer the names and formulas of the rule."""
    return dataclasses.replace(
        seen,
        input=_seen(rule.input, seen.input.shape),
        output=_seen(rule.output, seen.output.shape),
        states=tuple(Tensor(state.shape, ("batch", "units")) for state in seen.states),
        shape_formula=rule.shape_formula,
        parameter_formula=rule.parameter_formula,
    )


def _first_loss(model: keras.Model, exp: Experiment, x: Array, y: Array) -> float:
    compile_for(model, exp)
    loss = run_graph(
        lambda a, b: model.compute_loss(a, b, model(a, training=False)), tf.constant(x), tf.constant(y)
    )
    return float(loss)


def _try_last_batch(model: keras.Model, prepared: Prepared) -> None:
    """Run a smaller last batch through a model of fixed batch size, where Keras often raises."""
    exp = prepared.experiment
    rest = prepared.num_samples("train") % exp.batch_size
    if exp.stateful and rest > 1:  # a single sample is stretched to the batch by fit, in silence
        model(tf.constant(np.ascontiguousarray(prepared.X["train"][-rest:])), training=False)


def _stage_reached(prediction: Prediction, num_layers: int) -> str:
    """Name the stage whose layer could not be run."""
    count = 0
    for stage in prediction.stages:
        count += len(stage.layers)
        if stage.layers and count > num_layers:
            return stage.id
    return "loss" if prediction.comparison is not None else prediction.findings[0].stage


def keras_error(raised: BaseException, stage: str = "") -> KerasError:
    """Cut what Keras raised down to its class, its first line and the line that matters.

    Example:
        >>> error = keras_error(ValueError("Exception encountered when calling LSTM.call().\\n\\nexpected ndim=3"))
        >>> error.kind, error.line
        ('ValueError', 'expected ndim=3')
    """
    plain = re.sub(r"\x1b\[\d*m", "", str(raised))  # Keras prints some lines in bold
    lines = [line.strip() for line in plain.splitlines() if line.strip()] or [type(raised).__name__]
    telling = [line for line in lines if any(word in line.lower() for word in _TELLING)]
    told = [line for line in telling if not line.startswith("Exception encountered")] or lines
    return KerasError(type(raised).__name__, lines[0], told[0], stage)


_TELLING = (
    "expected", "incompatible", "must be", "must have", "should", "invalid", "mismatch", "not compatible",
    "cannot", "unknown", "total size", "required",
)  # fmt: skip
