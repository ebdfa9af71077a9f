"""What a question can ask for: a shape or a number, read from the rules, never typed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lstm_course.course.numbers import last_batch
from lstm_course.shapes import LayerShape, Prediction, Tensor

Answer: TypeAlias = Tensor | int


@dataclass(frozen=True)
class Quantity:
    """One shape or number of an experiment."""

    about: str  # kind of quantity: misconceptions know what they are about
    words: str  # what it is, for a sentence: "the number of training windows"
    measure: Callable[[Prediction], Answer | None]  # its value; None where the experiment has none
    stage: str = ""  # stage that it belongs to


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
        "windows" if part == "train" else "number", f"the number of {part} samples",
        lambda prediction: prediction.facts.part(part).num_samples, "windowing",
    )  # fmt: skip


def steps_per_epoch() -> Quantity:
    """Ask for the gradient steps in one epoch."""
    return Quantity("steps", "the steps per epoch", lambda prediction: prediction.steps_per_epoch, "batching")


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


def measured(words: str, measure: Callable[[Prediction], Answer | None], *, stage: str = "") -> Quantity:
    """Ask for anything else that follows from the rules.

    Args:
        words: what it is, for a sentence.
        measure: its value for an experiment.
        stage: stage that it belongs to.
    """
    return Quantity("number", words, measure, stage)


def layer_at(prediction: Prediction, stage_id: str) -> LayerShape | None:
    """Return the last layer of a stage, or None where the network does not reach it."""
    stage = prediction.stage(stage_id)
    return stage.layers[-1] if stage and stage.layers else None
