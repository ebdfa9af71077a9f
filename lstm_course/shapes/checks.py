"""What an Experiment does wrong although, or before, its shapes fit: each rule is one small function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lstm_course.data.facts import Facts
from lstm_course.experiment import CLASS_LOSSES, Experiment
from lstm_course.layers import Dense, Layer, Masking, TimeDistributed
from lstm_course.shapes.compare import Comparison
from lstm_course.shapes.findings import Finding, Severity
from lstm_course.shapes.network import Walk, is_lstm_to_gru
from lstm_course.shapes.tensor import BATCH, CLASSES, FEATURES, SAMPLES, TIMESTEPS, UNITS

Check = Callable[[Experiment, Facts], Iterator[Finding]]


def data_findings(exp: Experiment, facts: Facts) -> list[Finding]:
    """Apply every rule that looks at rows, windows, labels and batches."""
    return [finding for check in _DATA_CHECKS for finding in check(exp, facts)]


def network_findings(exp: Experiment, facts: Facts, walk: Walk) -> list[Finding]:
    """Apply every rule that looks at the layers as they stand."""
    network = tuple(place.layer for place in walk.places)
    found: list[Finding] = []
    for position, place in enumerate(walk.places):
        if is_lstm_to_gru(network, position):
            found.append(_cell_state_dropped(place.stage))
    found += _masks_dropped(walk) + _backwards(exp, walk)
    return found


def _no_window(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    train = facts.part("train")
    if train.num_samples or facts.is_sequences:
        return
    if train.num_dropped:
        yield Finding(
            code="all-windows-have-gaps", stage="windowing", severity="error", axis=SAMPLES, lesson="load-a-series",
            title="Every window holds a missing value",
            explanation=f"All {train.num_dropped:,} windows of the training part touch a gap, so no sample is left.",
            fix="Fill the gaps (missing='interpolate'), or make the window shorter.",
        )  # fmt: skip
        return
    need = exp.timesteps + exp.horizon
    yield Finding(
        code="window-too-long", stage="windowing", severity="error", axis=TIMESTEPS, lesson="windows",
        title="The window is longer than the training rows",
        explanation=(
            f"A window of {exp.timesteps} timesteps and its label {exp.horizon} ahead need {need:,} rows; "
            f"the training part has {train.num_rows:,}."
        ),
        fix=f"Choose at most {max(1, train.num_rows - exp.horizon)} timesteps, or give training more rows.",
    )  # fmt: skip


def _empty_parts(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    for part in facts.parts:
        if part.name == "train" or part.num_samples or (part.name == "validation" and not part.num_rows):
            continue
        yield Finding(
            code=f"no-{part.name}-sample", stage="windowing", severity="benign", axis=SAMPLES, lesson="windows",
            title=f"No {part.name} sample",
            explanation=(
                f"The {part.name} part has {part.num_rows:,} rows, too few for a window of {exp.timesteps} and a label "
                f"{exp.horizon} ahead, so nothing can be measured on it."
            ),
            fix=f"Give {part.name} at least {exp.timesteps + exp.horizon} rows, or set border='reach-back'.",
        )  # fmt: skip


def _missing_values(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if facts.num_missing and exp.missing == "keep" and exp.gap_windows == "keep":
        yield Finding(
            code="missing-values", stage="raw-data", severity="wrong-result", axis=FEATURES, lesson="load-a-series",
            title="Missing values reach the network",
            explanation=(
                f"{facts.num_missing:,} values are missing. One NaN in a batch makes the loss NaN, and with it "
                "every weight."
            ),
            fix="Leave out the windows that touch a gap (gap_windows='drop'), or fill gaps (missing='interpolate').",
        )  # fmt: skip


def _leaking_scaler(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if exp.scaler_fit == "all" and exp.scaling != "none":
        yield Finding(
            code="scaler-saw-test", stage="scaling", severity="degraded", lesson="load-a-series",
            title="The scaler has seen the test rows",
            explanation="Minimum, maximum, mean or deviation come from all rows, so the test is no longer unseen.",
            fix="Fit the scaler on the training rows only (scaler_fit='train').",
        )  # fmt: skip


def _lags_as_features(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if exp.lags == "features" and exp.timesteps > 1:
        yield Finding(
            code="lags-as-features", stage="windowing", severity="degraded", axis=TIMESTEPS, lesson="windows",
            title="A single timestep: nothing recurs",
            explanation=(
                f"The {exp.timesteps} rows of a window lie on the features axis of one timestep. The recurrent layer "
                "takes one step from a zero state and remembers nothing."
            ),
            fix="Put the rows on the timesteps axis: lags='timesteps'.",
        )  # fmt: skip
    if exp.lags == "features" and exp.labels == "sequence":
        yield Finding(
            code="sequence-labels-without-timesteps", stage="labels", severity="error", axis=TIMESTEPS, lesson="labels",
            title="One timestep, many labels",
            explanation=f"There are {exp.timesteps} labels per sample but a single timestep, so most have no output.",
            fix="Put the rows on the timesteps axis (lags='timesteps'), or use labels='steps'.",
        )  # fmt: skip


def _class_labels(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if exp.is_classification and not facts.num_classes:
        yield Finding(
            code="no-classes", stage="labels", severity="error", axis=CLASSES, lesson="labels",
            title="There are no classes to learn",
            explanation=f"labels={exp.labels!r}, but {', '.join(facts.targets) or 'the target'} holds no classes.",
            fix="Choose a column of classes as target, or labels='steps' to forecast numbers.",
        )  # fmt: skip
    if exp.is_classification and facts.num_classes == 1:
        yield Finding(
            code="one-class", stage="labels", severity="wrong-result", axis=CLASSES, lesson="labels",
            title="There is only one class",
            explanation=f"Every label is {facts.class_names[0]!r}: the network has nothing to tell apart.",
            fix="Choose another target.",
        )  # fmt: skip
    if facts.is_sequences and not exp.is_classification:
        yield Finding(
            code="sequences-need-classes", stage="labels", severity="error", lesson="unequal-lengths",
            title="Each sequence has a class, not a next value",
            explanation=f"labels={exp.labels!r} asks for later rows; these are sequences with one class each.",
            fix="Set labels='class'.",
        )  # fmt: skip


def _stateful_batches(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if not exp.stateful:
        return
    for part in facts.parts:
        rest = part.num_samples % exp.batch_size
        if part.name == "test" or not rest:
            continue
        divisors = [size for size in range(1, part.num_samples + 1) if part.num_samples % size == 0][:8]
        silent = rest == 1
        yield Finding(
            code="stateful-remainder", stage="batching", severity="wrong-result" if silent else "error", axis=BATCH,
            lesson="batches-and-state", title="The last batch is too small for the kept state",
            explanation=(
                f"{part.num_samples:,} {part.name} samples in batches of {exp.batch_size} leave {rest}; the state has "
                f"{exp.batch_size} rows, one for each sample of a batch."
                + (" Keras says nothing: the one sample is stretched over all rows." if silent else "")
            ),
            fix=(
                f"Choose a batch_size that divides {part.num_samples:,}, such as {', '.join(map(str, divisors))}, or "
                f"leave {rest} out."
            ),
        )  # fmt: skip


def _stateful_order(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if exp.stateful and exp.shuffled:
        yield Finding(
            code="stateful-shuffle", stage="batching", severity="wrong-result", axis=SAMPLES,
            lesson="batches-and-state", title="Shuffled samples, kept state",
            explanation=(
                "A stateful layer goes on in row i of a batch where row i of the batch before ended. Shuffled "
                "samples do not follow one another, so the state comes from elsewhere in the series."
            ),
            fix="Set shuffle=False, or stateful=False.",
        )  # fmt: skip


def _early_stopping(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    watched = exp.early_stopping and exp.early_stopping.monitor == "val_loss"
    if watched and not facts.part("validation").num_samples:
        yield Finding(
            code="nothing-to-watch", stage="loss", severity="degraded", lesson="build-and-train",
            title="EarlyStopping has nothing to watch",
            explanation="It watches val_loss, but there is no validation sample; Keras warns and never stops.",
            fix="Give validation a share of the rows, or watch 'loss'.",
        )  # fmt: skip


_DATA_CHECKS: tuple[Check, ...] = (
    _no_window, _empty_parts, _missing_values, _leaking_scaler, _lags_as_features, _class_labels,
    _stateful_batches, _stateful_order, _early_stopping,
)  # fmt: skip


def _cell_state_dropped(stage: str) -> Finding:
    return Finding(
        code="cell-state-dropped", stage=stage, severity="wrong-result", axis=UNITS, lesson="wrappers-and-seq2seq",
        title="The LSTM's c is thrown away",
        explanation="An LSTM hands over h and c; a layer with a single state takes h and ignores c without a word.",
        fix="Use an LSTM above an LSTM, or a GRU above a GRU.",
    )  # fmt: skip


def _masks_dropped(walk: Walk) -> list[Finding]:
    lost = [
        (place, shape)
        for place, shape in zip(walk.places, walk.layers, strict=False)
        if shape.masked and not shape.passes_mask and shape.keras_name in ("Flatten", "Reshape")
    ]
    return [
        Finding(
            code="mask-dropped", stage=place.stage, severity="degraded", axis=TIMESTEPS, lesson="unequal-lengths",
            title=f"{shape.keras_name} drops the mask",
            explanation=f"The mask arrives at {shape.keras_name} and ends there: padding counts as data from here on.",
            fix="Let a recurrent layer with return_sequences=False take the mask in before the axis is given up.",
        )
        for place, shape in lost
    ]  # fmt: skip


def _backwards(exp: Experiment, walk: Walk) -> list[Finding]:
    turns = [place for place in walk.places if getattr(place.layer, "go_backwards", False)]
    keeps_order = all(getattr(place.layer, "return_sequences", True) for place in walk.places)
    if exp.labels != "sequence" or len(turns) % 2 == 0 or not keeps_order:
        return []
    return [
        Finding(
            code="backwards-against-labels", stage=turns[-1].stage, severity="wrong-result", axis=TIMESTEPS,
            lesson="the-layer", title="The output runs backwards, the labels do not",
            explanation=(
                f"{turns[-1].layer.keras_name} with go_backwards=True returns its outputs in the order in which it "
                "read: the last timestep first. Each meets the label of another timestep."
            ),
            fix="Use Bidirectional, which turns the backward outputs round, or labels='steps'.",
        )
    ]  # fmt: skip


def output_findings(exp: Experiment, facts: Facts, walk: Walk, comparison: Comparison) -> list[Finding]:
    """Apply every rule that looks at the output, the labels and the loss together."""
    found = [] if comparison.is_right else [_mismatch(comparison)]
    last = walk.places[-1].layer
    head = last.layer if isinstance(last, TimeDistributed) else last
    if isinstance(head, Dense):
        found += _head_findings(exp, facts, head, comparison)
    return found + _masking_value(exp, walk)


def _mismatch(comparison: Comparison) -> Finding:
    refused = comparison.verdict == "refused"
    return Finding(
        code="output-does-not-match-labels" if refused else "silent-broadcast", stage="head",
        severity="error" if refused else "wrong-result", axis=comparison.axis, lesson="labels",
        title="Output and labels do not meet" if refused else "Keras compares outputs with the wrong labels",
        explanation=comparison.sentence, fix=comparison.fix,
    )  # fmt: skip


def _head_findings(exp: Experiment, facts: Facts, head: Dense, comparison: Comparison) -> list[Finding]:
    loss = comparison.loss
    found: list[Finding] = []
    if loss in CLASS_LOSSES and not exp.is_classification:
        found.append(_class_loss_for_numbers(loss))
    elif exp.is_classification and loss not in CLASS_LOSSES:
        found.append(_number_loss_for_classes(loss))
    elif loss in CLASS_LOSSES:
        found += _class_head(facts, head, loss)
    elif head.activation in _RANGES and exp.scaling != "none":
        found += _bounded_head(exp, head)
    return found


_RANGES = {"sigmoid": "0 to 1", "softmax": "0 to 1", "tanh": "−1 to 1", "relu": "0 upwards"}


def _bounded_head(exp: Experiment, head: Dense) -> list[Finding]:
    severity: Severity = "degraded"
    if head.activation == "softmax" and head.units == 1:
        explanation = "softmax over a single output is always 1, whatever comes in."
        severity = "wrong-result"
    elif exp.scaling == "standard" or head.activation == "softmax":
        span = _RANGES[head.activation]
        explanation = f"{head.activation} gives {span}; labels scaled with {exp.scaling!r} lie outside."
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
    found = []
    if head.activation != "softmax" or head.units == 1:
        found.append(_not_probabilities(head, "softmax"))
    if loss == "sparse_categorical_crossentropy" and 1 < head.units < facts.num_classes:
        found.append(_too_few_outputs(facts, head))
    return found


def _binary_head(facts: Facts, head: Dense) -> list[Finding]:
    if facts.num_classes > 2 and head.units == 1:
        return [_one_output_for_many(facts)]
    return [] if head.activation == "sigmoid" else [_not_probabilities(head, "sigmoid")]


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
    units = head.units if head.units > 1 or wanted == "sigmoid" else "number of classes"
    return Finding(
        code="head-gives-no-probabilities", stage="head", severity="wrong-result", axis=CLASSES, lesson="labels",
        title="The loss expects probabilities",
        explanation=f"{head.code} gives no probabilities of the classes, and the cross-entropy takes their logarithm.",
        fix=f"End with Dense({units}, activation={wanted!r}).",
    )  # fmt: skip


def _too_few_outputs(facts: Facts, head: Dense) -> Finding:
    return Finding(
        code="too-few-outputs", stage="head", severity="error", axis=CLASSES, lesson="labels",
        title=f"{head.units} outputs for {facts.num_classes} classes",
        explanation=f"Class number {facts.num_classes - 1} names an output that does not exist among {head.units}.",
        fix=f"Dense({facts.num_classes}, activation='softmax').",
    )  # fmt: skip


def _class_loss_for_numbers(loss: str) -> Finding:
    return Finding(
        code="class-loss-for-numbers", stage="loss", severity="wrong-result", lesson="labels",
        title="A loss for classes, labels that are numbers",
        explanation=f"{loss} measures probabilities of classes; these labels are values of a series.",
        fix="Use loss='mse' or 'mae'.",
    )  # fmt: skip


def _number_loss_for_classes(loss: str) -> Finding:
    return Finding(
        code="number-loss-for-classes", stage="loss", severity="degraded", lesson="labels",
        title="A loss for numbers, labels that are classes",
        explanation=f"{loss} takes class 4 for twice class 2; classes have no such order.",
        fix="Use sparse_categorical_crossentropy for class numbers, categorical_crossentropy for one-hot labels.",
    )  # fmt: skip


def _masking_value(exp: Experiment, walk: Walk) -> list[Finding]:
    masks: list[tuple[str, Layer]] = [
        (place.stage, place.layer) for place in walk.places if isinstance(place.layer, Masking)
    ]
    return [
        Finding(
            code="mask-never-matches", stage=stage, severity="degraded", axis=TIMESTEPS, lesson="unequal-lengths",
            title="The mask looks for another value than the padding",
            explanation=f"Padding is {exp.pad_value:g}, Masking looks for {layer.mask_value:g}: no timestep is masked.",
            fix=f"Masking({exp.pad_value!r}).",
        )
        for stage, layer in masks
        if isinstance(layer, Masking) and layer.mask_value != exp.pad_value
    ]  # fmt: skip
