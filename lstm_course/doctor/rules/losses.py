"""Losses, metrics and weights that do not say what they seem to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lstm_course.doctor.rules.activations import last_activation
from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen
from lstm_course.shapes.findings import Finding

REGRESSION = (
    "mean_squared_error", "mean_absolute_error", "huber", "log_cosh", "mean_squared_logarithmic_error",
    "mean_absolute_percentage_error", "poisson",
)  # fmt: skip
ACCURACY = ("accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy")


def accuracy_of_measurements(case: Case) -> Iterator[Finding]:
    """Accuracy counts equal answers, and measured values are never equal."""
    for site in case.sites():
        named = [name for name in site.model.metrics if name in ACCURACY]
        y = site.y
        if y is None or not named or site.loss() not in REGRESSION or not _measured(y):
            continue
        yield finding(
            "accuracy-of-measurements", "loss", "degraded", f"{named[0]} says nothing about measured values",
            f"y runs from {y.low:.4g} to {y.high:.4g} with fractions. {named[0]} counts how often the prediction "
            "equals the label exactly (or falls on the same side of 0.5), which for measured values stays near 0, or "
            f"at some fixed share, however good the forecast is. The loss, {site.loss()}, is not affected.",
            with_diff(
                "Measure errors instead: metrics=['mae'], and scale them back to the units of the series.",
                case.program.change(site.model.compile_line, "compile", metrics="['mae']"),
            ),
            "targets", "build-and-train",
        )  # fmt: skip
        return


def classes_as_numbers(case: Case) -> Iterator[Finding]:
    """Class numbers are learnt as if they were amounts."""
    for site in case.sites():
        y, output = site.y, site.output()
        named = [name for name in site.model.metrics if name in ACCURACY]
        if y is None or output is None or not named or site.loss() not in REGRESSION or output[-1] != 1:
            continue
        if not y.whole or not 3 <= len(y.values) <= 20 or y.low < 0 or y.shape[1:] not in ((), (1,)):
            continue
        count = int(y.high) + 1
        yield finding(
            "classes-as-numbers", "loss", "degraded", "Class numbers are learnt as amounts",
            f"y holds {len(y.values)} whole numbers from {y.low:g} to {y.high:g}, and {named[0]} counts hits, so "
            "these are "
            f"classes. {site.loss()} takes class {y.high:g} for more than class {y.low:g}, and a wrong guess near by "
            "for "
            "a small mistake.",
            f"One output for each class: Dense({count}, activation='softmax') with "
            "loss='sparse_categorical_crossentropy'. For amounts measure metrics=['mae'] instead.",
            "classes", "labels",
        )  # fmt: skip
        return


def _measured(y: ArraySeen) -> bool:
    return not y.whole and not y.values and y.kind not in ("text", "object", "ragged")


def logits_by_hand(case: Case) -> Iterator[Finding]:
    """A loss that the program calls itself awaits probabilities, and the head gives logits."""
    if re.search(r"softmax|sigmoid", case.capture.source) or case.error is not None:
        return
    for event in case.capture.events:
        name, given = event.detail.get("name"), event.detail.get("output", ())
        if (
            event.what != "loss"
            or name not in PROBABILITIES
            or event.detail.get("from_logits")
            or len(given) != 1
        ):
            continue
        asked = {call.model for call in case.capture.calls if call.method == "__call__"}
        model = next((one for one in case.capture.models if one.id in asked and one.head is not None), None)
        if model is None or model.head is None or last_activation(model) not in ("linear", ""):
            continue
        yield finding(
            "logits-by-hand", "loss", "wrong-result", f"{name} awaits probabilities and is given logits",
            f"Line {event.line} calls {name} without from_logits=True, and the head, {model.head.core.cls} (line "
            f"{model.head.place}), has no activation: its outputs do not sum to 1, and negative ones are cut off.",
            "Say so where the loss is made, from_logits=True; or end the network with "
            f"activation={'sigmoid' if name.startswith('binary') else 'softmax'!r}.",
            "classes",
        )  # fmt: skip
        return


PROBABILITIES = ("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy")


def values_below_zero(case: Case) -> Iterator[Finding]:
    """A loss for counts and amounts is given labels below zero."""
    for site in case.sites():
        y, loss = site.y, site.loss()
        if (
            y is None
            or not y.shape
            or y.low >= 0
            or loss not in ("mean_squared_logarithmic_error", "poisson")
        ):
            continue
        yield finding(
            "loss-of-values-above-zero", "loss", "wrong-result", f"{loss} takes labels from zero upwards",
            f"y runs from {y.low:.4g} to {y.high:.4g}. {loss} works with logarithms, and Keras cuts what is below zero "
            "to zero: all those labels count as the same.",
            with_diff("Use loss='mse', 'mae' or 'huber' for values of both signs, such as standardised ones.",
                      case.program.change(site.model.compile_line, "compile", loss="'mse'")),
            "targets",
        )  # fmt: skip
        return


def cosine_of_one(case: Case) -> Iterator[Finding]:
    """The cosine of single numbers only knows their sign."""
    for site in case.sites():
        output = site.output()
        if site.loss() == "cosine_similarity" and output is not None and output[-1] == 1:
            yield finding(
                "cosine-of-one", "loss", "wrong-result", "The cosine of single numbers is 1 or -1",
                f"The output has shape {output}: cosine_similarity compares the direction of vectors along the last "
                "axis, and a single number only points up or down. The loss is the same for 0.1 and for 1,000.",
                with_diff("Use loss='mse' or 'mae' for numbers.",
                          case.program.change(site.model.compile_line, "compile", loss="'mse'")),
                "targets",
            )  # fmt: skip
            return


def arguments_of_own_loss(case: Case) -> Iterator[Finding]:
    """A loss of the program's own takes prediction and label in the other order."""
    handed = case.program.handed_to("compile")
    outer = [node for node in case.program.nodes if isinstance(node, ast.FunctionDef) and node.name in handed]
    for node in (part for one in outer for part in ast.walk(one)):  # a loss may be made by a function
        if not isinstance(node, ast.FunctionDef) or len(node.args.args) < 2:
            continue
        first, second = (one.arg.lower() for one in node.args.args[:2])
        if "pred" in first and ("true" in second or "label" in second or "target" in second):
            yield finding(
                "loss-arguments-swapped", "loss", "degraded", f"{node.name} takes its arguments in the other order",
                f"Line {node.lineno}: def {node.name}({first}, {second}, …). Keras calls a loss with the labels first "
                f"and the output second, so {first} holds the labels. Where the two do not count alike (quantiles, "
                "percentages, weights), another loss is minimised.",
                f"def {node.name}({second}, {first}, …).", "targets",
            )  # fmt: skip
            return


def percentage_of_zero(case: Case) -> Iterator[Finding]:
    """A percentage of zero is without limit."""
    for site in case.sites():
        y = site.y
        if y is None or site.loss() != "mean_absolute_percentage_error" or not y.shape or y.kind == "ragged":
            continue
        if y.low > 1e-6 or y.high < -1e-6 or (0.0 not in y.values and not y.num_zero):
            continue
        first = f" It begins at {site.call.losses[0]:.3g}." if site.call.losses else ""
        yield finding(
            "percentage-of-zero", "loss", "wrong-result", "The loss is a percentage, and some labels are zero",
            f"y runs from {y.low:.4g} to {y.high:.4g} and holds zeros. mean_absolute_percentage_error divides each "
            "error by its label; Keras puts 0.0000001 in the place of zero, so these few samples outweigh all others."
            f"{first}",
            with_diff(
                "Use loss='mae' (or 'mse', 'huber'), and give percentages afterwards, over the labels that are not "
                "zero.",
                case.program.change(site.model.compile_line, "compile", loss="'mae'"),
            ),
            "targets",
        )  # fmt: skip
        return


def logits_twice(case: Case) -> Iterator[Finding]:
    """from_logits=True, and the head has its activation already."""
    for site in case.sites():
        activation = last_activation(site.model)
        if site.model.from_logits and activation in ("softmax", "sigmoid"):
            yield finding(
                "activation-and-from-logits", "loss", "degraded", f"The loss awaits logits and gets a {activation}",
                f"The head ends with activation='{activation}', and the loss was made with from_logits=True, so it "
                f"applies the {activation} itself. Where Keras notices, it takes the values before the activation and "
                "warns; elsewhere (another backend, a layer in between) the activation is applied twice and the loss "
                "can hardly fall.",
                "Say one of the two: from_logits=False (the default) with the activation, or a linear head with "
                "from_logits=True.",
                "classes",
            )  # fmt: skip
            return


def yes_or_no_for_one_of_many(case: Case) -> Iterator[Finding]:
    """binary_crossentropy on one-hot labels and a softmax."""
    for site in case.sites():
        y, output = site.y, site.output()
        if (
            y is None
            or output is None
            or site.loss() != "binary_crossentropy"
            or not y.one_hot
            or output[-1] < 3
        ):
            continue
        if last_activation(site.model) == "softmax" and site.label() == output:
            yield finding(
                "binary-loss-on-one-hot", "loss", "degraded", "A loss for yes or no judges one of several classes",
                f"y has shape {y} and is one-hot over {output[-1]} classes; the softmax shares 1 among them. "
                f"binary_crossentropy judges {output[-1]} separate yes-or-no questions, most of which are an easy no, "
                f"and accuracy counts those: it begins near {(output[-1] - 1) / output[-1]:.0%} and tells little.",
                with_diff(
                    "Use loss='categorical_crossentropy' with the softmax.",
                    case.program.change(site.model.compile_line, "compile", loss="'categorical_crossentropy'"),
                ),
                "classes",
            )  # fmt: skip
            return


def metrics_of_columns(case: Case) -> Iterator[Finding]:
    """Precision, recall and the like compare labels and output column by column."""
    call = case.stopped_call
    site = next((one for one in case.sites() if one.call is call), None)
    named = [name for name in (site.model.metrics if site else ()) if name.lower().startswith(BY_COLUMN)]
    label, output = (site.label(), site.output()) if site else (None, None)
    if not named or label is None or output is None or output[-1] < 2 or label == output:
        return
    if not case.says(
        "LogicalAnd", "must be equal", "Incompatible shapes", "not compatible", "must match", "shapes"
    ):
        return
    yield finding(
        "metric-of-columns", "loss", "error", f"{named[0]} compares column by column",
        f"A batch of labels has shape {label}, the output {output}. {named[0]} asks of each column whether it is a "
        "hit, "
        "so the labels need the same columns; class numbers have one.",
        f"Make the labels one-hot, keras.utils.to_categorical(y, {output[-1]}), with "
        "loss='categorical_crossentropy'; or "
        "follow metrics=['accuracy'] (sparse_categorical_accuracy), which takes class numbers.",
        "classes",
    )  # fmt: skip


def accuracy_of_columns(case: Case) -> Iterator[Finding]:
    """binary_accuracy counts every column of one-hot labels."""
    for site in case.sites():
        output, named = site.output(), [name for name in site.model.metrics if name.lower() in BINARY]
        if not named or output is None or (output[-1] or 0) < 3 or "categorical" not in site.loss():
            continue
        yield finding(
            "accuracy-of-columns", "loss", "degraded", f"{named[0]} judges every column by itself",
            f"The network chooses one of {output[-1]} classes, and {named[0]} asks of each of the {output[-1]} columns "
            f"whether 0.5 cuts it rightly: a network that knows nothing gets {1 - 1 / (output[-1] or 1):.0%}.",
            "Ask for metrics=['accuracy']: with a categorical loss Keras compares the largest column.", "classes",
        )  # fmt: skip
        return


BINARY = ("binary_accuracy", "binaryaccuracy")
BY_COLUMN = ("precision", "recall", "auc", "f1", "fbeta", "true_", "false_", "r2", "binary_iou")


def sample_weights(case: Case) -> Iterator[Finding]:
    """sample_weight or class_weight does not go with the labels."""
    call = case.stopped_call
    site = next((one for one in case.sites() if one.call is call), None)
    if call is None or site is None or not call.x or not call.y or not call.weights_given:
        return
    weights, label, output = call.weights, site.label(), site.output()
    named = case.error is not None and "class_weight" in case.error.source
    if weights is not None and weights.shape[:1] != call.x[0].shape[:1]:
        yield _weights(
            f"sample_weight has shape {weights}, X has {call.x[0].shape[0]:,} samples.",
            "Give one weight per sample, cut together with X and y.",
        )
    elif weights is not None and output is not None and weights.rank >= len(output) > 1:
        yield _weights(
            f"sample_weight has shape {weights}, y {call.y[0]}; the output has shape {output}: one answer per sample, "
            "so there is nothing to weigh step by step.",
            f"Give one weight per sample, shape ({weights.shape[0]},): for instance sample_weight.mean(axis=1). "
            "Weights per timestep, (samples, timesteps), belong to an output per timestep (return_sequences=True).",
        )
    elif weights is None and label is not None and output is not None and len(output) == 3 and named:
        yield _weights(
            f"class_weight is given, and the output has shape {output}: Keras makes one weight per sample from it, and "
            "does not take it for labels per timestep.",
            "Give weights per timestep instead: sample_weight = np.take(weights_of_classes, y), shape (samples, "
            "timesteps), with weights_of_classes[k] the weight of class k.",
        )


def _weights(seen: str, fix: str) -> Finding:
    return finding(
        "weights-do-not-fit", "batching", "error", "The weights do not go with the labels",
        f"{seen} A weight multiplies the loss of one sample (or of one timestep).", fix, "samples", "build-and-train",
    )  # fmt: skip
