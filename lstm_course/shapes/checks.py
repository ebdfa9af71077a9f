"""What an Experiment does wrong below the head, whether or not its shapes fit: each rule is one small function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd

from lstm_course.data.facts import Facts, PartFacts
from lstm_course.experiment import Experiment
from lstm_course.layers import Layer, Masking, recurrent_of
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.network import Walk, is_lstm_to_gru
from lstm_course.shapes.tensor import BATCH, CLASSES, FEATURES, HORIZON, SAMPLES, TIMESTEPS, UNITS

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
        found += _cudnn_forced(place.layer, place.stage)
    return found + _masks_dropped(walk) + _masking(exp, facts, walk) + _backwards(exp, walk)


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
        fix=f"{_shorter(train.num_rows, exp.horizon)}, or give training more rows.",
    )  # fmt: skip


def _shorter(num_rows: int, horizon: int) -> str:
    most = num_rows - horizon
    return f"Choose at most {most:,} timesteps" if most > 0 else "Choose a shorter horizon"


def _empty_parts(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    for part in facts.parts:
        if part.name == "train" or part.num_samples or (part.name == "validation" and not part.num_rows):
            continue
        yield Finding(
            code=f"no-{part.name}-sample", stage="windowing", severity="benign", axis=SAMPLES, lesson="windows",
            title=f"No {part.name} sample",
            explanation=f"{_why_empty(exp, part)}, so nothing can be measured on it.",
            fix=_how_to_fill(exp, part),
        )  # fmt: skip


def _why_empty(exp: Experiment, part: PartFacts) -> str:
    if part.num_dropped:
        return f"All {part.num_dropped:,} windows of the {part.name} part touch a gap"
    return (
        f"The {part.name} part has {part.num_rows:,} rows, too few for a window of {exp.timesteps} and a label "
        f"{exp.horizon} ahead"
    )


def _how_to_fill(exp: Experiment, part: PartFacts) -> str:
    if part.num_dropped:
        return "Fill the gaps (missing='interpolate'), or make the window shorter."
    if exp.border == "reach-back":
        return f"Give {part.name} at least {exp.horizon} rows, and the parts before it {exp.timesteps}."
    return f"Give {part.name} at least {exp.timesteps + exp.horizon} rows, or set border='reach-back'."


def _missing_values(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    if facts.num_missing and exp.gap_windows == "keep":
        yield Finding(
            code="missing-values", stage="raw-data", severity="wrong-result", axis=FEATURES, lesson="load-a-series",
            title="Missing values reach the network",
            explanation=(
                f"{facts.num_missing:,} missing values are left. One NaN in a batch makes the loss NaN, and with it "
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
    if exp.lags == "features" and exp.labels == "sequence" and exp.timesteps > 1:
        yield Finding(
            code="sequence-labels-without-timesteps", stage="labels", severity="wrong-result", axis=TIMESTEPS,
            lesson="labels", title="One timestep, many labels",
            explanation=f"There are {exp.timesteps} labels per sample but a single timestep, so most have no output.",
            fix="Put the rows on the timesteps axis (lags='timesteps'), or use labels='steps'.",
        )  # fmt: skip


def _flat_labels(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    many = exp.labels == "sequence" or exp.horizon > 1 or len(facts.targets) > 1
    if exp.flat_labels and many and not exp.is_classification:
        yield Finding(
            code="flat-labels-of-many", stage="labels", severity="error", axis=HORIZON, lesson="labels",
            title="Flat labels hold one number per sample",
            explanation=(
                f"flat_labels=True makes labels (samples,), but labels={exp.labels!r} with horizon={exp.horizon} and "
                f"{len(facts.targets)} target(s) give each sample more than one axis of size 1."
            ),
            fix="Set flat_labels=False, or use labels='steps' with horizon=1 and one target.",
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


def _class_weight(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    given = exp.class_weight
    if given is None:
        return
    if not exp.is_classification:
        yield Finding(
            code="class-weight-without-classes", stage="loss", severity="error", lesson="labels",
            title="Weights of classes, labels that are numbers",
            explanation=f"class_weight says how much a class counts; with labels={exp.labels!r} there are no classes.",
            fix="Set class_weight=None, or labels='class' with a target that names classes.",
        )  # fmt: skip
        return
    unknown = [number for number, _ in given if number >= facts.num_classes] if given != "balanced" else []
    if unknown and facts.num_classes:
        yield Finding(
            code="class-weight-of-no-class", stage="loss", severity="error", axis=CLASSES, lesson="labels",
            title=f"There is no class {unknown[0]}",
            explanation=(
                f"class_weight names class {unknown[0]}; the {facts.num_classes} classes are numbered 0 to "
                f"{facts.num_classes - 1}."
            ),
            fix=f"Give weights to classes 0 to {facts.num_classes - 1} only; those that are not named count 1.",
        )  # fmt: skip


def _stateful_batches(exp: Experiment, facts: Facts) -> Iterator[Finding]:
    parts = [facts.part(name) for name in ("train", "validation")]
    rests = {part.name: part.num_samples % exp.batch_size for part in parts}
    if not exp.stateful or not any(rests.values()):
        return
    silent = max(rests.values()) == 1
    left = " and ".join(
        f"{part.num_samples:,} {part.name} samples leave {rests[part.name]}"
        for part in parts
        if rests[part.name]
    )
    yield Finding(
        code="stateful-remainder", stage="batching", severity="wrong-result" if silent else "error", axis=BATCH,
        lesson="batches-and-state", title="The last batch is too small for the kept state",
        explanation=(
            f"In batches of {exp.batch_size}, {left}; the state has {exp.batch_size} rows, one for each sample of a "
            "batch." + (" Keras says nothing: the one sample is stretched over all rows." if silent else "")
        ),
        fix=_dividing_batch_size(exp.batch_size, [part for part in parts if part.num_samples]),
    )  # fmt: skip


def _dividing_batch_size(wanted: int, parts: list[PartFacts]) -> str:
    """Name the batch sizes nearest to the wanted one that leave no remainder in any part."""
    common = gcd(*(part.num_samples for part in parts))
    divisors = [size for size in range(1, min(common, 4 * wanted, 100_000) + 1) if common % size == 0]
    nearest = sorted(sorted(divisors, key=lambda size: abs(size - wanted))[:4])
    counts = " and ".join(f"{part.num_samples:,} {part.name}" for part in parts)
    return (
        f"Choose a batch_size that divides {counts} samples: {', '.join(map(str, nearest))}. Or choose the split so "
        f"that each part gives a multiple of {wanted} samples."
    )


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
    _no_window, _empty_parts, _missing_values, _leaking_scaler, _lags_as_features, _flat_labels, _class_labels,
    _class_weight, _stateful_batches, _stateful_order, _early_stopping,
)  # fmt: skip


def _cell_state_dropped(stage: str) -> Finding:
    return Finding(
        code="cell-state-dropped", stage=stage, severity="wrong-result", axis=UNITS, lesson="wrappers-and-seq2seq",
        title="The LSTM's c is thrown away",
        explanation="An LSTM hands over h and c; a layer with a single state takes h and ignores c without a word.",
        fix="Use an LSTM above an LSTM, or a GRU above a GRU.",
    )  # fmt: skip


def _cudnn_forced(layer: Layer, stage: str) -> list[Finding]:
    if getattr(recurrent_of(layer), "use_cudnn", "auto") is not True:
        return []
    return [
        Finding(
            code="cudnn-forced", stage=stage, severity="error", lesson="every-parameter",
            title="use_cudnn=True demands a GPU",
            explanation="Keras raises wherever cuDNN cannot run this layer: without an NVIDIA GPU, in any case.",
            fix="Leave use_cudnn='auto': it takes cuDNN where it can, with the same result.",
        )
    ]  # fmt: skip


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


def _masking(exp: Experiment, facts: Facts, walk: Walk) -> list[Finding]:
    """Look at padding and masks, which only sequences of unequal length have."""
    if not facts.is_sequences or exp.lags == "features":
        return []
    masks = [(place.stage, place.layer) for place in walk.places if isinstance(place.layer, Masking)]
    num_samples = sum(part.num_samples for part in facts.parts)
    if not masks:
        return [_padding_counts(exp)] if facts.num_rows < num_samples * exp.timesteps else []
    return [
        _mask_never_matches(exp, stage, mask) for stage, mask in masks if mask.mask_value != exp.pad_value
    ]


def _padding_counts(exp: Experiment) -> Finding:
    return Finding(
        code="padding-without-mask", stage="input-layer", severity="degraded", axis=TIMESTEPS, lesson="unequal-lengths",
        title="Padding counts as data",
        explanation=(
            f"Short sequences are filled up to {exp.timesteps} timesteps with {exp.pad_value:g}, and no Masking layer "
            "tells the recurrent layer to skip them."
        ),
        fix=f"Put Masking({exp.pad_value!r}) below the recurrent layers.",
    )  # fmt: skip


def _mask_never_matches(exp: Experiment, stage: str, mask: Masking) -> Finding:
    return Finding(
        code="mask-never-matches", stage=stage, severity="degraded", axis=TIMESTEPS, lesson="unequal-lengths",
        title="The mask looks for another value than the padding",
        explanation=f"Padding is {exp.pad_value:g}, Masking looks for {mask.mask_value:g}: no padding is masked.",
        fix=f"Masking({exp.pad_value!r}).",
    )  # fmt: skip
