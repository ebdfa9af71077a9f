"""What a question can ask for: a shape or a number, read from the rules, never typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from lstm_course.course.numbers import last_batch
from lstm_course.problems import ProblemError
from lstm_course.shapes import LayerShape, Prediction, Tensor, predict

Answer: TypeAlias = Tensor | int

FIGURE = "figure"
"""Kind of a figure that is guessed: no belief about the rules stands behind a wrong answer."""

_ROWS_UNTOUCHED = {"layers", "head", "lags", "batch_size"}


def _itself(prediction: Prediction) -> Prediction:
    return prediction


@dataclass(frozen=True)
class Quantity:
    """One shape or number of an experiment."""

    about: str  # kind of quantity: misconceptions know what they are about
    words: str  # what it is, for a sentence: "the number of training windows"
    measure: Callable[[Prediction], Answer | None]  # its value; None where the experiment has none
    stage: str = ""  # stage that it belongs to
    part: str = "train"  # part of the rows whose samples it speaks of
    figures: Mapping[str, int] = field(
        default_factory=dict, hash=False
    )  # numbers that the prompt gives beside those of the experiment, by name
    on: Callable[[Prediction], Prediction] = _itself  # the experiment whose mistakes count; see `supposed`


def shape_after(stage_id: str, *, labels: bool = False) -> Quantity:
    """Ask for the shape that leaves a stage.

    Args:
        stage_id: id of the stage.
        labels: whether the labels' lane is meant, where the stage belongs to both.
    """

    def measure(prediction: Prediction) -> Tensor | None:
        stage = prediction.stage(stage_id)
        if stage is None:
            return None
        return stage.label if labels else stage.tensor

    lane = "the labels after" if labels else "what leaves"
    return Quantity("shape", f"the shape of {lane} {stage_id}", measure, stage_id)


def labels_shape() -> Quantity:
    """Ask for the shape of all training labels."""
    return shape_after("labels", labels=True)


def input_shape() -> Quantity:
    """Ask for what `Input(shape=…)` is told: the shape of one sample."""

    def measure(prediction: Prediction) -> Tensor | None:
        stage = prediction.stage("input-layer")
        return Tensor(stage.shape[1:], stage.axes[1:]) if stage else None

    return Quantity("input-shape", "the shape that Input is told", measure, "input-layer")


def num_samples(part: str = "train") -> Quantity:
    """Ask how many windows with their labels a part gives: "train", "validation" or "test"."""
    return Quantity(
        "windows" if part == "train" else "part-samples", f"the number of {part} samples",
        lambda prediction: prediction.facts.part(part).num_samples, "windowing", part,
    )  # fmt: skip


def steps_per_epoch() -> Quantity:
    """Ask for the gradient steps in one epoch."""
    return Quantity("steps", "the steps per epoch", lambda prediction: prediction.steps_per_epoch, "batching")


def total_steps() -> Quantity:
    """Ask for the gradient steps of all epochs."""
    return Quantity(
        "all-steps", "the gradient steps of all epochs",
        lambda prediction: prediction.steps_per_epoch * prediction.exp.epochs, "batching",
    )  # fmt: skip


def last_batch_size() -> Quantity:
    """Ask how many samples the last batch of an epoch holds."""
    return Quantity("last-batch", "the samples in the last batch", last_batch, "batching")


def parameters_of(stage_id: str = "") -> Quantity:
    """Ask for the parameters of a stage, or of the whole network."""

    def measure(prediction: Prediction) -> int | None:
        if not stage_id:
            return prediction.parameters if prediction.output else None
        stage = prediction.stage(stage_id)
        return stage.parameters if stage else None

    where = stage_id or "the network"
    return Quantity(
        "parameters" if stage_id else "all-parameters", f"the parameters of {where}", measure, stage_id
    )


def weight_shape(name: str, stage_id: str = "recurrent-layer-1") -> Quantity:
    """Ask for the shape of a weight array: "kernel", "recurrent_kernel" or "bias"."""

    def measure(prediction: Prediction) -> Tensor | None:
        layer = layer_at(prediction, stage_id)
        found = [weight.shape for weight in layer.weights if weight.name == name] if layer else []
        return Tensor(found[0], ("units",) * len(found[0])) if found else None

    return Quantity(f"weight-{name}", f"the shape of the {name}", measure, stage_id)


def num_terms() -> Quantity:
    """Ask how many terms the loss averages for one batch."""
    return Quantity(
        "terms", "the terms of the loss",
        lambda prediction: prediction.comparison.num_terms if prediction.comparison else None, "loss",
    )  # fmt: skip


def measured(
    words: str,
    measure: Callable[[Prediction], Answer | None],
    *,
    about: str,
    stage: str = "",
    figures: Mapping[str, int] | None = None,
) -> Quantity:
    """Ask for anything else that follows from the rules.

    Args:
        words: what it is, for a sentence.
        measure: its value for an experiment.
        about: kind of quantity; misconceptions/ has the mistakes that belong to it.
        stage: stage that it belongs to.
        figures: numbers that the prompt gives beside those of the experiment.
    """
    return Quantity(about, words, measure, stage, figures=figures or {})


def figure(words: str, value: int) -> Quantity:
    """Ask for a figure that can only be guessed before it is seen."""
    return Quantity(FIGURE, words, lambda prediction: value)


def supposed(quantity: Quantity, changes: Callable[[Prediction], Mapping[str, Any]]) -> Quantity:
    """Ask what a quantity would be if the learner's experiment were changed.

    A wrong answer is looked at in the changed experiment, with its numbers.

    Args:
        quantity: what is asked for.
        changes: the fields of the experiment that are other than the learner's.

    >>> from lstm_course.experiment import Experiment
    >>> wide = supposed(num_samples(), lambda prediction: {"stride": prediction.exp.timesteps})
    >>> wide.measure(predict(Experiment(timesteps=12)))
    8
    """

    def changed(prediction: Prediction) -> Prediction:
        exp, fields = prediction.exp, changes(prediction)
        turned = {name for name, value in fields.items() if getattr(exp, name) != value}
        return predict(exp.change(**fields), prediction.facts if turned <= _ROWS_UNTOUCHED else None)

    def measure(prediction: Prediction) -> Answer | None:
        try:
            return quantity.measure(changed(prediction))
        except ProblemError:  # rows that only the page has cannot be counted anew
            return None

    return replace(quantity, words=f"{quantity.words} after a change", measure=measure, on=changed)


def layer_at(prediction: Prediction, stage_id: str) -> LayerShape | None:
    """Return the last layer of a stage, or None where the network does not reach it."""
    stage = prediction.stage(stage_id)
    return stage.layers[-1] if stage and stage.layers else None
