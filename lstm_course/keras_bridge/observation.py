"""What a real Keras model said of an experiment: plain values, so that any process can receive them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy.typing as npt

from lstm_course.shapes import Stage

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class NamedWeight:
    """One weight array with the names that Keras gives it."""

    layer: str  # name of the layer, such as "lstm" or "dense"
    name: str  # name of the array within it, such as "kernel" or "forward/kernel"
    value: Array  # the numbers


@dataclass(frozen=True)
class KerasError:
    """What Keras raised, cut down to what a person needs."""

    kind: str  # class of the exception, such as "ValueError"
    first_line: str  # how its text begins
    line: str  # the line that says what does not fit; the first line where no other does
    stage: str = ""  # id of the stage where it was raised, where that is known


@dataclass(frozen=True, eq=False)
class Observation:
    """An experiment's model as Keras built it and ran it on one real batch."""

    stages: tuple[Stage, ...]  # the stages with measured shapes, as far as the model came
    weights: tuple[NamedWeight, ...]  # the initial weights, in the order of get_weights
    loss: float | None  # loss of the first batch before training; None when it could not be computed
    output: Array | None  # what the untrained model says of that batch, on the network's scale
    error: KerasError | None  # what Keras raised, or None
    seconds: float  # time that building and running took

    @property
    def ok(self) -> bool:
        """Whether Keras built and ran the model."""
        return self.error is None


@dataclass(frozen=True, eq=False)
class Forecast:
    """Forecasts of several steps from several windows, in original units."""

    values: Array  # forecasts, (samples, steps, targets)
    truth: Array  # what came, NaN beyond the last row, same shape
    rows: Array  # number of the row of each forecast, (samples, steps); counted on beyond the last row
    method: Literal["recursive", "direct"]  # fed back step by step, or given at once
    num_calls: int  # how often the network was applied to each window


@dataclass(frozen=True)
class Disagreement:
    """One figure that the rules predicted and Keras measured otherwise."""

    stage: str  # id of the stage
    what: str  # "shape", "label", "parameters", "weights", "states" or "missing"
    predicted: str  # as the rules say
    observed: str  # as Keras says

    def __str__(self) -> str:
        """Write it as a sentence."""
        return f"{self.stage}: {self.what} predicted {self.predicted}, observed {self.observed}"


def agrees(predicted: tuple[Stage, ...], observed: tuple[Stage, ...]) -> tuple[Disagreement, ...]:
    """Compare predicted stages with observed ones.

    Args:
        predicted: stages of `lstm_course.shapes.predict`.
        observed: stages of an Observation.

    Returns:
        Every difference in shape, labels, parameters, weights or states; nothing where they agree.

    Example:
        >>> agrees((), ())
        ()
    """
    seen = {stage.id: stage for stage in observed}
    expected = {stage.id: stage for stage in predicted}
    found = [
        Disagreement(
            stage_id, "missing", *(("there", "not there") if stage_id in expected else ("not there", "there"))
        )
        for stage_id in (*expected, *seen)
        if (stage_id in expected) != (stage_id in seen)
    ]
    for stage_id, stage in expected.items():
        if stage_id in seen:
            found += _differences(stage, seen[stage_id])
    return tuple(found)


def _differences(predicted: Stage, observed: Stage) -> list[Disagreement]:
    pairs = {"shape": (predicted.shape, observed.shape)}
    if predicted.label is not None and observed.label is not None:
        pairs["label"] = (predicted.label.shape, observed.label.shape)
    pairs["parameters"] = ((predicted.parameters,), (observed.parameters,))
    pairs["weights"] = (_weights(predicted), _weights(observed))
    pairs["states"] = (_states(predicted), _states(observed))
    return [
        Disagreement(predicted.id, what, str(rule), str(keras))
        for what, (rule, keras) in pairs.items()
        if rule != keras
    ]


def _weights(stage: Stage) -> tuple[Any, ...]:
    return tuple(weight.shape for layer in stage.layers for weight in layer.weights)


def _states(stage: Stage) -> tuple[Any, ...]:
    return tuple(state.shape for layer in stage.layers for state in layer.states)
