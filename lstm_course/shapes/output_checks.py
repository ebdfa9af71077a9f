"""What is wrong where output, labels, loss and metrics meet: each rule is one small function."""

from __future__ import annotations

from lstm_course.data.facts import Facts
from lstm_course.experiment import CLASS_LOSSES, Experiment
from lstm_course.layers import Dense, Dropout, Flatten, Reshape, TimeDistributed
from lstm_course.shapes.compare import Comparison, compare
from lstm_course.shapes.findings import Finding, Severity
from lstm_course.shapes.network import Walk
from lstm_course.shapes.tensor import CLASSES, UNITS


def output_findings(exp: Experiment, facts: Facts, walk: Walk, comparison: Comparison) -> list[Finding]:
    """Apply every rule that looks at the output, the labels and the loss together."""
    found = [] if comparison.is_right else [_mismatch(comparison)]
    found += _loss_findings(exp, comparison.loss)
    head = _last_dense(walk)
    if _lacks_outputs(exp, facts, comparison):
        found.append(_too_few_outputs(facts, comparison.output.last))
    elif head:
        found += _head_findings(exp, facts, head, comparison.loss)
    return found + _metrics(exp, comparison)


def _lacks_outputs(exp: Experiment, facts: Facts, comparison: Comparison) -> bool:
    """Whether a class number can name an output that does not exist, whatever layer gives the outputs."""
    numbered = exp.is_classification and comparison.loss == "sparse_categorical_crossentropy"
    return numbered and comparison.is_right and comparison.output.last < facts.num_classes


def _last_dense(walk: Walk) -> Dense | None:
    """The Dense layer whose numbers are the output, below layers that only arrange them."""
    arranged = (Reshape, Flatten, Dropout)
    last = next(place.layer for place in reversed(walk.places) if not isinstance(place.layer, arranged))
    inner = last.layer if isinstance(last, TimeDistributed) else last
    return inner if isinstance(inner, Dense) else None


MISMATCHES: dict[str, tuple[str, Severity, str]] = {
    "refused": ("output-does-not-match-labels", "error", "Output and labels do not meet"),
    "broadcast": ("silent-broadcast", "wrong-result", "Keras compares outputs with the wrong labels"),
    "chance": ("steps-read-as-timesteps", "degraded", "The shapes match by chance"),
}
"""How labels miss the output: for each verdict the code, severity and title of its finding."""


def _mismatch(comparison: Comparison) -> Finding:
    code, severity, title = MISMATCHES[comparison.verdict]
    return Finding(
        code=code, stage="head", severity=severity, axis=comparison.axis, lesson="labels", title=title,
        explanation=comparison.sentence, fix=comparison.fix,
    )  # fmt: skip


def _loss_findings(exp: Experiment, loss: str) -> list[Finding]:
    if loss in CLASS_LOSSES and not exp.is_classification:
        return [_class_loss_for_numbers(loss)]
    if loss not in CLASS_LOSSES and exp.is_classification:
        return [_number_loss_for_classes(exp, loss)]
    return []


def _head_findings(exp: Experiment, facts: Facts, head: Dense, loss: str) -> list[Finding]:
    if exp.is_classification:
        return _class_head(facts, head, loss) if loss in CLASS_LOSSES else []
    return [] if loss in CLASS_LOSSES else _bounded_head(exp, head)


_RANGES = {
    "sigmoid": "0 to 1", "hard_sigmoid": "0 to 1", "softmax": "0 to 1, and a sum of 1", "tanh": "−1 to 1",
    "softsign": "−1 to 1", "relu": "0 and more", "relu6": "0 to 6", "softplus": "more than 0",
    "exponential": "more than 0", "elu": "more than −1", "selu": "more than −1.76", "gelu": "−0.17 and more",
    "silu": "−0.28 and more", "mish": "−0.31 and more", "hard_silu": "−0.38 and more",
}  # fmt: skip


def _bounded_head(exp: Experiment, head: Dense) -> list[Finding]:
    severity: Severity = "degraded"
    if head.activation == "softmax" and head.units == 1:
        explanation = "softmax over a single output is always 1, whatever comes in."
        severity = "wrong-result"
    elif head.activation == "softmax" or (exp.scaling == "standard" and head.activation in _RANGES):
        span = _RANGES[head.activation]
        explanation = f"{head.activation} gives {span}; labels with scaling={exp.scaling!r} lie outside."
    else:
        return []
    return [
        Finding(
            code="head-cannot-reach-labels", stage="head", severity=severity, axis=UNITS,
            lesson="labels", title=f"The head's {head.activation} cannot reach the labels",
            explanation=explanation, fix=f"Leave the activation out: Dense({head.units}).",
        )
    ]  # fmt: skip


def _class_head(facts: Facts, head: Dense, loss: str) -> list[Finding]:
    if loss == "binary_crossentropy":
        return _binary_head(facts, head)
    if head.activation != "softmax" or head.units == 1:
        return [_not_probabilities(head, f"Dense({max(facts.num_classes, 2)}, activation='softmax')")]
    return []


def _binary_head(facts: Facts, head: Dense) -> list[Finding]:
    if facts.num_classes > 2 and head.units == 1:
        return [_one_output_for_many(facts)]
    if head.activation == "sigmoid" or (head.activation == "softmax" and head.units > 1):
        return []
    return [_not_probabilities(head, f"Dense({head.units}, activation='sigmoid')")]


def _one_output_for_many(facts: Facts) -> Finding:
    return Finding(
        code="one-sigmoid-for-many-classes", stage="head", severity="wrong-result", axis=CLASSES, lesson="labels",
        title=f"One output for {facts.num_classes} classes",
        explanation=(
            f"binary_crossentropy takes labels as 0 or 1; class numbers up to {facts.num_classes - 1} are taken for "
            "probabilities above 1, and the loss falls without end."
        ),
        fix=f"Dense({facts.num_classes}, activation='softmax') with loss='sparse_categorical_crossentropy'.",
    )  # fmt: skip


def _not_probabilities(head: Dense, wanted: str) -> Finding:
    return Finding(
        code="head-gives-no-probabilities", stage="head", severity="wrong-result", axis=CLASSES, lesson="labels",
        title="The loss expects probabilities",
        explanation=f"{head.code} gives no probabilities of the classes, and the cross-entropy takes their logarithm.",
        fix=f"End with {wanted}.",
    )  # fmt: skip


def _too_few_outputs(facts: Facts, num_outputs: int) -> Finding:
    return Finding(
        code="too-few-outputs", stage="head", severity="error", axis=CLASSES, lesson="labels",
        title=f"Too few outputs for {facts.num_classes} classes",
        explanation=(
            f"Class number {facts.num_classes - 1} names an output that does not exist: the outputs are numbered from "
            f"0 to {num_outputs - 1}."
        ),
        fix=f"Dense({facts.num_classes}, activation='softmax').",
    )  # fmt: skip


def _class_loss_for_numbers(loss: str) -> Finding:
    return Finding(
        code="class-loss-for-numbers", stage="loss", severity="wrong-result", lesson="labels",
        title="A loss for classes, labels that are numbers",
        explanation=f"{loss} measures probabilities of classes; these labels are values of a series.",
        fix="Use loss='mse' or 'mae'.",
    )  # fmt: skip


def _number_loss_for_classes(exp: Experiment, loss: str) -> Finding:
    if exp.labels == "class":
        reason = f"{loss} takes class 4 for twice class 2; classes have no such order."
    else:
        reason = f"{loss} hardly punishes a confident mistake, so a network learns classes slowly from it."
    return Finding(
        code="number-loss-for-classes", stage="loss", severity="degraded", lesson="labels",
        title="A loss for numbers, labels that are classes", explanation=reason,
        fix="Use sparse_categorical_crossentropy for class numbers, categorical_crossentropy for one-hot labels.",
    )  # fmt: skip


def _metrics(exp: Experiment, comparison: Comparison) -> list[Finding]:
    found = []
    for metric in exp.metrics:
        if metric == "accuracy":
            found += [] if exp.is_classification else [_accuracy_of_numbers()]
        elif (
            comparison.is_right and not (met := compare(comparison.label, comparison.output, metric)).is_right
        ):
            found.append(_metric_mismatch(metric, met))
    return found


def _accuracy_of_numbers() -> Finding:
    return Finding(
        code="accuracy-of-numbers", stage="loss", severity="degraded", lesson="is-it-any-good",
        title="Accuracy counts hits, a forecast has none",
        explanation="accuracy asks whether output and label are the same class; for numbers it stays near 0.",
        fix="Use metrics=('mae',).",
    )  # fmt: skip


def _metric_mismatch(metric: str, met: Comparison) -> Finding:
    return Finding(
        code="metric-does-not-match", stage="loss", severity="error" if met.verdict == "refused" else "wrong-result",
        axis=met.axis, lesson="labels", title=f"The metric {metric} cannot compare classes",
        explanation=met.sentence, fix="Use metrics=('accuracy',).",
    )  # fmt: skip
