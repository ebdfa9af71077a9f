"""What the last layer can say, and what the labels ask of it."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, Site, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding, Severity

BOUNDS = {"sigmoid": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "softmax": (0.0, 1.0),
          "relu": (0.0, float("inf")), "softplus": (0.0, float("inf")), "exponential": (0.0, float("inf"))}  # fmt: skip
FAR = 5.0  # labels this far outside can only be measurements; nearer ones may be a small share of them


def last_activation(model: ModelSeen) -> str:
    """Name the activation of the output; empty where it cannot be told."""
    if len(model.outputs) > 1:
        return ""
    if model.kind == "Subclassed":
        return _activation_seen(model)
    for layer in reversed(model.layers):
        core = layer.core
        if layer.cls in ("Dropout", "Reshape", "Flatten"):
            continue
        if layer.cls == "Activation":
            return str(core.config.get("activation", ""))
        if layer.cls in ("Softmax", "ReLU"):
            return layer.cls.lower()
        if core.cls in ("Dense", "LSTM", "GRU", "SimpleRNN") and _is_output(model, layer):
            return str(core.config.get("activation", ""))
        return ""
    return ""


def _activation_seen(model: ModelSeen) -> str:
    """Name the activation of the layer whose output was seen to be the model's."""
    layer = next((layer for layer in model.layers if layer.id == model.last), None)
    if layer is None or layer.core.cls not in (
        "Dense",
        "LSTM",
        "GRU",
        "SimpleRNN",
        "Activation",
        "Softmax",
        "ReLU",
    ):
        return ""
    return str(layer.core.config.get("activation", layer.cls.lower()))


def _is_output(model: ModelSeen, layer: LayerSeen) -> bool:
    """Whether what leaves the layer is what leaves the model, as far as shapes tell."""
    if model.kind == "Sequential" or not model.outputs or not layer.outputs:
        return True
    return layer.outputs[0] == model.outputs[0]


def label_kind_against_head(case: Case) -> Iterator[Finding]:
    """Class labels, yes-or-no labels and measurements need different heads and losses."""
    for site in case.sites():
        y = site.y
        output = site.output()
        if (
            y is None
            or output is None
            or not site.single
            or site.model.loss_kind.startswith("custom")
            or y.is_text
        ):
            continue
        if y.kind in ("ragged", "object") or not y.shape or (site.call.error and case.failing is not None):
            continue
        yield from _for_loss(case, site, y, output)


def _for_loss(case: Case, site: Site, y: ArraySeen, output: tuple[int, ...]) -> Iterator[Finding]:
    loss, activation = site.loss(), last_activation(site.model)
    if loss == "binary_crossentropy":
        yield from _binary(case, site, y, output, activation)
    elif loss == "sparse_categorical_crossentropy":
        yield from _sparse(case, site, y, output, activation)
    elif loss == "categorical_crossentropy":
        yield from _categorical(case, site, y, output, activation)
    elif loss:
        yield from _regression(case, site, y, output, activation)


def _binary(
    case: Case, site: Site, y: ArraySeen, output: tuple[int, ...], activation: str
) -> Iterator[Finding]:
    line = site.model.compile_line
    values = set(y.values)
    if y.whole and len(y.values) > 2 and output[-1] == 1:
        count = len(y.values)
        yield finding(
            "one-output-for-classes", "head", "wrong-result", f"One yes-or-no output for {count} classes",
            f"y holds the class numbers {', '.join(f'{value:g}' for value in y.values[:8])}; one sigmoid with "
            "binary_crossentropy assumes 0 or 1, so classes above 1 push the output past any limit.",
            with_diff(
                f"Use one output per class: Dense({int(y.high) + 1}, activation='softmax') and "
                "loss='sparse_categorical_crossentropy'.",
                _head_diff(case, site, str(int(y.high) + 1), "'softmax'")
                + "\n" + case.program.change(line, "compile", loss="'sparse_categorical_crossentropy'"),
            ),
            "classes",
        )  # fmt: skip
    elif y.whole and len(values) == 2 and values != {0.0, 1.0}:
        low, high = y.values
        yield finding(
            "binary-labels-not-0-1", "labels", "wrong-result", f"The yes-or-no labels are {low:g} and {high:g}",
            f"y holds {low:g} and {high:g}; binary_crossentropy assumes 0 and 1, and gives a loss without "
            "meaning (it "
            "may fall below zero).",
            f"Turn the labels into 0 and 1: y = (y == {high:g}).astype('float32').", "classes",
        )  # fmt: skip
    elif y.low < -1e-6 or y.high > 1 + 1e-6:
        yield finding(
            "crossentropy-on-measurements", "loss", "wrong-result", "A loss for yes or no compares measurements",
            f"y runs from {y.low:.4g} to {y.high:.4g}; binary_crossentropy takes labels between 0 and 1 and a "
            "probability.",
            with_diff(
                "For measured values use loss='mse' and a linear head, Dense(1).",
                case.program.change(line, "compile", loss="'mse'"),
            ),
            "targets",
        )  # fmt: skip
    elif activation in ("linear", "relu", "tanh", "leaky_relu") and not site.model.from_logits:
        yield finding(
            "no-probability", "head", "wrong-result",
            f"binary_crossentropy gets no probability, but a {activation} output",
            f"The head's activation is {activation}: its values are not held to 0…1. binary_crossentropy cuts "
            "them off "
            "there, and where it cuts nothing is learned.",
            with_diff(
                f"End with Dense({output[-1]}, activation='sigmoid'), or keep the linear head and use "
                "loss=keras.losses.BinaryCrossentropy(from_logits=True).",
                _head_diff(case, site, None, "'sigmoid'"),
            ),
            "targets",
        )  # fmt: skip
    elif activation == "softmax" and output[-1] == 1:
        yield _softmax_of_one(case, site)
    elif activation == "softmax" and y.row_sums and y.row_sums[1] > 1.5:
        yield _several_labels(case, site, y, output)


def _several_labels(case: Case, site: Site, y: ArraySeen, output: tuple[int, ...]) -> Finding:
    low, high = y.row_sums or (0, 0)
    return finding(
        "softmax-for-several-labels", "head", "wrong-result", "A softmax for samples with several labels",
        f"A row of y holds {low:g} to {high:g} ones: a sample may have several labels at once. A softmax "
        "makes its "
        f"{output[-1]} outputs share a sum of 1.",
        with_diff(
            f"Use a yes or no for each label: Dense({output[-1]}, activation='sigmoid') with "
            "loss='binary_crossentropy'.",
            _head_diff(case, site, None, "'sigmoid'"),
        ),
        "classes",
    )  # fmt: skip


def _softmax_of_one(case: Case, site: Site) -> Finding:
    sigmoid = site.loss() != "mean_squared_error"
    return finding(
        "softmax-of-one", "head", "wrong-result", "A softmax over one output is always 1",
        "The head is Dense(1, activation='softmax'). A softmax divides by the sum of its outputs; with one "
        "output that "
        "gives exactly 1 for every sample, whatever is learned.",
        with_diff(
            "For yes or no use Dense(1, activation='sigmoid') with binary_crossentropy; for n classes Dense(n, "
            "activation='softmax'); for a measured value Dense(1).",
            _head_diff(case, site, None, "'sigmoid'" if sigmoid else None),
        ),
        "units",
    )  # fmt: skip


def _evenly(values: tuple[float, ...]) -> bool:
    steps = [b - a for a, b in zip(sorted(values), sorted(values)[1:], strict=False)]
    return max(steps) - min(steps) < 1e-3 * max(steps)


def _sparse(
    case: Case, site: Site, y: ArraySeen, output: tuple[int, ...], activation: str
) -> Iterator[Finding]:
    count = output[-1]
    severity: Severity = "error" if site.call.error else "wrong-result"
    if not y.whole and 2 < len(y.values) <= count + 1 and _evenly(y.values):
        yield finding(
            "classes-scaled", "labels", "wrong-result", "The class numbers were scaled",
            f"y holds {len(y.values)} different numbers, {', '.join(f'{one:g}' for one in y.values[:6])}: class "
            "numbers "
            "that a scaler brought to this range. sparse_categorical_crossentropy cuts the fractions off, so "
            f"{len({int(one) for one in y.values})} classes are left.",
            "Leave class numbers as they are, 0 to "
            f"{len(y.values) - 1}, whole numbers; scale the inputs only.",
            "classes",
        )  # fmt: skip
    elif not y.whole:
        yield finding(
            "sparse-on-measurements", "loss", "wrong-result", "A loss for classes compares measurements",
            f"y runs from {y.low:.4g} to {y.high:.4g} with fractions; sparse_categorical_crossentropy takes "
            "them for "
            "class numbers and cuts the fractions off.",
            with_diff(
                "For measured values use loss='mse' and Dense(1).",
                case.program.change(site.model.compile_line, "compile", loss="'mse'"),
            ),
            "targets",
        )  # fmt: skip
    elif count == 1:
        yield finding(
            "one-output-for-classes", "head", severity, "One output, and a loss that wants one per class",
            f"The head gives 1 number, y holds class numbers {y.low:g} to {y.high:g}; "
            "sparse_categorical_crossentropy "
            "reads the output as one probability per class.",
            with_diff(
                f"Use Dense({int(y.high) + 1}, activation='softmax'); for two classes also Dense(1, "
                "activation='sigmoid') with loss='binary_crossentropy'.",
                _head_diff(case, site, str(int(y.high) + 1), "'softmax'"),
            ),
            "classes",
        )  # fmt: skip
    elif (y.high >= count or y.low < 0) and not y.one_hot and len(y.shape) < len(output) + (y.shape[-1] == 1):
        yield _classes_out_of_range(case, site, y, count)
    elif activation in ("linear", "relu", "tanh", "sigmoid") and not site.model.from_logits:
        yield _no_softmax(case, site, output, activation)


def _classes_out_of_range(case: Case, site: Site, y: ArraySeen, count: int) -> Finding:
    shifted = y.low >= 1 and y.high == count
    severity: Severity = "error" if site.call.error else "wrong-result"
    need = int(y.high) + 1
    if shifted or y.low < 0:
        return finding(
            "labels-not-from-zero", "labels", severity, f"The classes are numbered from {y.low:g}, not from 0",
            f"y holds class numbers {y.low:g} to {y.high:g}; {count} outputs are numbered 0 to {count - 1}.",
            f"Number the classes from 0: y = y - {y.low:g}. Or keep the numbers, as words are numbered from 1 beside "
            f"the padding 0, and give the head one output more: Dense({need}, activation='softmax')." if shifted else
            "Number the classes from 0: classes, y = np.unique(y, return_inverse=True).",
            "classes",
        )  # fmt: skip
    return finding(
        "fewer-outputs-than-classes", "head", severity, f"{count} outputs for classes up to {y.high:g}",
        f"y holds class numbers {y.low:g} to {y.high:g}, so there are {need} classes; the head has {count} "
        "outputs, "
        f"numbered 0 to {count - 1}.",
        with_diff(f"Use Dense({need}, activation='softmax').", _head_diff(case, site, str(need), "'softmax'")),
        "classes",
    )  # fmt: skip


def _no_softmax(case: Case, site: Site, output: tuple[int, ...], activation: str) -> Finding:
    mild = activation == "sigmoid"
    return finding(
        "no-softmax", "head", "degraded" if mild else "wrong-result",
        f"{site.loss()} gets no probabilities, but {activation} outputs",
        f"The head's activation is {activation}: its {output[-1]} outputs do not sum to 1, as {site.loss()} "
        "assumes"
        + ("." if mild else "; negative ones are cut off at zero, and nothing is learned from them."),
        with_diff(
            f"End with Dense({output[-1]}, activation='softmax'), or keep the head and use the loss's class "
            "with "
            "from_logits=True.",
            _head_diff(case, site, None, "'softmax'"),
        ),
        "classes",
    )  # fmt: skip


def _categorical(
    case: Case, site: Site, y: ArraySeen, output: tuple[int, ...], activation: str
) -> Iterator[Finding]:
    label = site.label()
    if output[-1] == 1 and not site.call.error:
        yield finding(
            "categorical-with-one-output", "head", "wrong-result", "categorical_crossentropy with a single output",
            f"The head gives 1 number, y has shape {y}. Over one class the loss is zero or without meaning, "
            "whatever "
            "the network says.",
            with_diff(
                "For yes or no use Dense(1, activation='sigmoid') with loss='binary_crossentropy'; for n "
                "classes "
                f"Dense({max(2, int(y.high) + 1)}, activation='softmax') with "
                "loss='sparse_categorical_crossentropy'.",
                case.program.change(site.model.compile_line, "compile", loss="'binary_crossentropy'"),
            ),
            "classes",
        )  # fmt: skip
    elif label == output and not _shares(y):
        yield _measured_by_crossentropy(case, site, y, output)
    elif label == output and y.whole and y.row_sums and y.row_sums[1] > 1.5 and activation == "softmax":
        yield _several_labels(case, site, y, output)
    elif (
        label == output and activation in ("linear", "relu", "tanh", "sigmoid") and not site.model.from_logits
    ):
        yield _no_softmax(case, site, output, activation)


def _shares(y: ArraySeen) -> bool:
    """Whether labels may be classes, or shares of a whole."""
    outside = y.low < -1e-6 or y.high > 1 + 1e-6
    apart = not y.whole and y.row_sums is not None and (y.row_sums[0] < 0.9 or y.row_sums[1] > 1.1)
    return not (outside or apart)


def _measured_by_crossentropy(case: Case, site: Site, y: ArraySeen, output: tuple[int, ...]) -> Finding:
    low, high = y.row_sums or (0.0, 0.0)
    return finding(
        "crossentropy-on-measurements", "loss", "wrong-result", "A loss for classes compares measurements",
        f"y runs from {y.low:.4g} to {y.high:.4g}, and its rows sum to {low:.4g} … {high:.4g}: measured values. "
        f"categorical_crossentropy takes each row for the shares of {output[-1]} classes, 0 to 1 with a sum of 1.",
        with_diff(
            f"For measured values use loss='mse' and a linear head, Dense({output[-1]}).",
            case.program.change(site.model.compile_line, "compile", loss="'mse'"),
        ),
        "targets",
    )  # fmt: skip


def _regression(
    case: Case, site: Site, y: ArraySeen, output: tuple[int, ...], activation: str
) -> Iterator[Finding]:
    if activation == "softmax" and output[-1] == 1:
        yield _softmax_of_one(case, site)
        return
    low, high = BOUNDS.get(activation, (-float("inf"), float("inf")))
    if activation == "softmax" and y.row_sums and not y.one_hot and y.rank > 1:
        if y.row_sums[1] > 1.01 or y.row_sums[0] < 0.99:
            yield _outside(case, site, y, activation, "a softmax gives numbers between 0 and 1 that sum to 1")
        return
    slack = 0.02 * max(y.high - y.low, 1e-9)
    if y.low < low - slack or y.high > high + slack:
        limits = f"{low:g} or more" if high == float("inf") else f"{low:g} to {high:g}"
        far = y.high > high + FAR or y.low < low - FAR
        severity: Severity = "wrong-result" if far and high != float("inf") else "degraded"
        yield _outside(case, site, y, activation, f"{activation} gives only {limits}", severity)


def _outside(
    case: Case, site: Site, y: ArraySeen, activation: str, why: str, severity: Severity = "wrong-result"
) -> Finding:
    return finding(
        "labels-out-of-reach", "head", severity, f"The head cannot reach the labels: {activation}",
        f"y runs from {y.low:.4g} to {y.high:.4g}; the output's activation is {activation}, and {why}. Labels "
        "outside "
        "can never be met.",
        with_diff(
            "For measured values end with a linear head, Dense(n) without activation; or scale y into the "
            "range of the "
            "activation, with figures from the training rows.",
            _head_diff(case, site, None, None),
        ),
        "targets",
    )  # fmt: skip


def _head_diff(case: Case, site: Site, units: str | None, activation: str | None) -> str:
    head = site.model.head
    if head is None or head.core.cls != "Dense":
        return ""
    if units is None:
        return case.program.change(head.place, "Dense", activation=activation)
    return case.program.replace_call(
        head.place, "Dense", f"keras.layers.Dense({units}, activation={activation})"
    )
