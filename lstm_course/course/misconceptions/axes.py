"""Misconceptions about axes: which there are, in which order, and what lies on them."""

from __future__ import annotations

from math import prod

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.shapes.tensor import BATCH, CLASSES, FEATURES, HORIZON, SAMPLES, TARGETS, TIMESTEPS, UNITS

SHAPE = ("shape",)
ALSO_STATE = ("shape", "state")


def _drop_first(case: Case) -> Given | None:
    return case.tensor.shape[1:] if case.tensor.axes[:1] == (BATCH,) and case.tensor.rank > 1 else None


def _drop_samples(case: Case) -> Given | None:
    return case.tensor.shape[1:] if case.tensor.axes[:1] == (SAMPLES,) and case.tensor.rank > 1 else None


def _swap(case: Case, first: str, second: str) -> Given | None:
    axes = case.tensor.axes
    if first not in axes or second not in axes:
        return None
    sizes = list(case.tensor.shape)
    one, other = axes.index(first), axes.index(second)
    sizes[one], sizes[other] = sizes[other], sizes[one]
    return tuple(sizes)


def _time_major(case: Case) -> Given | None:
    axes = case.tensor.axes
    return _swap(case, axes[0], TIMESTEPS) if len(axes) == 3 and axes[1] == TIMESTEPS else None


def _reversed(case: Case) -> Given | None:
    return case.tensor.shape[::-1] if case.tensor.rank > 1 else None


def _flat(case: Case) -> Given | None:
    return (prod(case.tensor.shape),) if case.tensor.rank > 1 else None


def _features_dropped(case: Case) -> Given | None:
    return case.without_axis(FEATURES) if case.tensor.rank == 3 and case.tensor.last == 1 else None


def _features_of_table(case: Case) -> Given | None:
    return case.with_axis(FEATURES, case.prediction.facts.num_columns)


def _target_as_feature(case: Case) -> Given | None:
    facts = case.prediction.facts
    return case.with_axis(FEATURES, len(facts.features) + len(facts.targets))


def _label_inside_window(case: Case) -> Given | None:
    return case.with_axis(TIMESTEPS, case.prediction.exp.timesteps + case.prediction.exp.horizon)


def _horizon_for_timesteps(case: Case) -> Given | None:
    return case.with_axis(TIMESTEPS, case.prediction.exp.horizon)


def _season_of_rows(case: Case) -> Given | None:
    return case.with_axis(TIMESTEPS, case.rows)


def _lags_swapped(case: Case) -> Given | None:
    exp = case.prediction.exp
    if case.tensor.rank != 3 or case.tensor.axes[1:] != (TIMESTEPS, FEATURES):
        return None
    features = len(case.prediction.facts.features)
    inner = (1, exp.timesteps * features) if exp.lags == "timesteps" else (exp.timesteps, features)
    return (case.tensor.shape[0], *inner)


def _window_is_row(case: Case) -> Given | None:
    axes = case.tensor.axes
    return (*case.tensor.shape[:1], 1, *case.tensor.shape[2:]) if axes[1:2] == (TIMESTEPS,) else None


def _labels_with_features(case: Case) -> Given | None:
    if case.quantity.stage != "labels" or case.tensor.rank != 2 or case.prediction.exp.is_classification:
        return None
    return (*case.tensor.shape, len(case.prediction.facts.targets))


def _labels_flat(case: Case) -> Given | None:
    return case.tensor.shape[:1] if case.quantity.stage == "labels" and case.tensor.rank == 2 else None


def _labels_like_inputs(case: Case) -> Given | None:
    stage = case.prediction.stage("windowing")
    return stage.shape if stage and case.quantity.stage == "labels" else None


def _last_step_only(case: Case) -> Given | None:
    if case.quantity.stage != "labels" or HORIZON not in case.tensor.axes:
        return None
    return case.with_axis(HORIZON, 1)


def _horizon_joined(case: Case) -> Given | None:
    axes = case.tensor.axes
    return (case.tensor.shape[0], prod(case.tensor.shape[1:])) if axes[1:] == (HORIZON, TARGETS) else None


def _one_hot_for_integers(case: Case) -> Given | None:
    if case.prediction.exp.labels != "class" or case.quantity.stage not in ("labels", "batching"):
        return None
    return (*case.tensor.shape, case.prediction.facts.num_classes) if case.tensor.rank == 1 else None


def _integers_for_one_hot(case: Case) -> Given | None:
    return case.without_axis(CLASSES)


def _units_for_timesteps(case: Case) -> Given | None:
    units = case.recurrent.units if case.recurrent else case.prediction.exp.recurrent_layers[0].units
    return case.with_axis(TIMESTEPS, units)


def _timesteps_for_units(case: Case) -> Given | None:
    return case.with_axis(UNITS, case.prediction.exp.timesteps)


def _features_for_units(case: Case) -> Given | None:
    return case.with_axis(UNITS, case.layer.input.last) if case.layer else None


def _batch_in_input(case: Case) -> Given | None:
    return (case.prediction.label.shape[0], *case.tensor.shape)


def _samples_in_input(case: Case) -> Given | None:
    return (case.samples, *case.tensor.shape)


def _input_swapped(case: Case) -> Given | None:
    return case.tensor.shape[::-1]


def _input_features_only(case: Case) -> Given | None:
    return case.tensor.shape[-1:]


def _input_timesteps_only(case: Case) -> Given | None:
    return case.tensor.shape[:1]


INPUT = ("input-shape",)
AXIS_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "batch-axis-forgotten", "a layer sees one sample at a time", ALSO_STATE, _drop_first,
        "{given} is the shape of one sample. A layer always works on a whole batch, so the batch axis "
        "comes first: {right}.",
    ),
    Misconception(
        "samples-axis-forgotten", "an array holds one window", SHAPE, _drop_samples,
        "{given} is one of them. The array holds all {num_windows}, one after the other along the samples "
        "axis: {right}.",
    ),
    Misconception(
        "timesteps-features-swapped", "features come before timesteps", SHAPE,
        lambda case: _swap(case, TIMESTEPS, FEATURES),
        "These are the right sizes in another order. Keras reads (samples, timesteps, features): time "
        "before features, {right}.",
    ),
    Misconception(
        "timesteps-units-swapped", "units come before timesteps", SHAPE, lambda case: _swap(case, TIMESTEPS, UNITS),
        "These are the right sizes in another order. The timesteps axis stays where it was, the units "
        "replace the features: {right}.",
    ),
    Misconception(
        "time-major", "time comes first", SHAPE, _time_major,
        "Time-major order is used elsewhere (PyTorch's default); Keras wants the samples first, then the "
        "timesteps: {right}.",
    ),
    Misconception(
        "axes-reversed", "axes count from the back", ALSO_STATE, _reversed,
        "This is the right shape read backwards. The first axis counts samples, the last holds what each "
        "timestep or sample consists of: {right}.",
    ),
    Misconception(
        "all-in-one-axis", "an array is a long row of numbers", SHAPE, _flat,
        "That many numbers there are, but they keep their axes: {right}.",
    ),
    Misconception(
        "features-axis-dropped", "one feature needs no axis", SHAPE, _features_dropped,
        "One feature is still an axis, of size 1: a recurrent layer reads a vector at each timestep, even "
        "when it holds one number. So {right}.",
    ),
    Misconception(
        "every-column-a-feature", "every column of the table goes in", SHAPE, _features_of_table,
        "The table has {num_columns} columns, but {num_features} of them go in ({features}): {right}.",
    ),
    Misconception(
        "target-counted-as-feature", "the target is one more feature", SHAPE, _target_as_feature,
        "The target is no further column of the input: what goes in is {num_features} ({features}), so {right}.",
    ),
    Misconception(
        "label-inside-window", "the label is the window's last timestep", SHAPE, _label_inside_window,
        "A window takes {timesteps} rows and its label lies behind it, in an array of its own. The label "
        "is no timestep: {right}.",
    ),
    Misconception(
        "horizon-for-timesteps", "the window is as long as the forecast", SHAPE, _horizon_for_timesteps,
        "{horizon} is the horizon, how far ahead the label lies. The window goes back {timesteps} rows: {right}.",
    ),
    Misconception(
        "rows-for-timesteps", "the whole series is one sequence", SHAPE, _season_of_rows,
        "The training part has {train_rows} rows, but a window holds only {timesteps} of them: {right}.",
    ),
    Misconception(
        "lags-on-the-other-axis", "it makes no difference on which axis the rows of a window lie", SHAPE, _lags_swapped,
        "The same numbers, but here the rows of a window lie on the {lags} axis: {right}. A recurrent "
        "layer takes one step for each timestep, not for each feature.",
    ),
    Misconception(
        "window-is-one-step", "a window is one timestep", SHAPE, _window_is_row,
        "Each of the window's {timesteps} rows is a timestep of its own: {right}. With a single timestep "
        "nothing would recur.",
    ),
    Misconception(
        "labels-like-inputs", "labels have the shape of the inputs", SHAPE, _labels_like_inputs,
        "That is the shape of what goes in. A label is what the network should say for a sample, not "
        "another window: {right}.",
    ),
    Misconception(
        "labels-with-features-axis", "labels need three axes, as inputs do", SHAPE, _labels_with_features,
        "Inputs need three axes, labels do not: they have the shape of the output, {right}.",
    ),
    Misconception(
        "labels-one-axis-short", "a label is a bare number", SHAPE, _labels_flat,
        "Labels keep an axis for what there is to say about each sample, even when its size is 1: {right}.",
    ),
    Misconception(
        "only-the-last-step", "the label is only the row at the end of the horizon", SHAPE, _last_step_only,
        "All {horizon} rows after the window are forecast, not only the last of them: {right}.",
    ),
    Misconception(
        "horizon-and-targets-joined", "steps and targets share an axis", SHAPE, _horizon_joined,
        "There are {horizon} steps of {num_targets} targets each, on two axes: {right}.",
    ),
    Misconception(
        "one-hot-for-integers", "a class label has one column for each class", SHAPE, _one_hot_for_integers,
        "That is one-hot. Here a label is the number of its class, a single integer: {right}.",
    ),
    Misconception(
        "integers-for-one-hot", "a one-hot label is the number of the class", SHAPE, _integers_for_one_hot,
        "That would be integer labels. One-hot gives each of the {num_classes} classes a column: {right}.",
    ),
    Misconception(
        "units-for-timesteps", "units is the number of timesteps", SHAPE, _units_for_timesteps,
        "Units is the length of the vector that leaves the layer; the number of timesteps, {timesteps}, "
        "comes from the data: {right}.",
    ),
    Misconception(
        "timesteps-for-units", "a layer has one unit for each timestep", ALSO_STATE, _timesteps_for_units,
        "A layer does not have one unit for each of the {timesteps} timesteps; one cell of fixed size is "
        "used at all of them: {right}.",
    ),
    Misconception(
        "features-for-units", "a layer keeps the number of features", ALSO_STATE, _features_for_units,
        "The features that come in are mixed into the units that leave; their number is the layer's own "
        "choice: {right}.",
    ),
    Misconception(
        "batch-in-input-shape", "Input is told the batch size", INPUT, _batch_in_input,
        "`Input(shape=…)` is told one sample, without the batch axis; Keras adds it: {right}.",
    ),
    Misconception(
        "samples-in-input-shape", "Input is told the number of samples", INPUT, _samples_in_input,
        "The number of samples is Keras's business at fit time. `Input(shape=…)` is told one sample: {right}.",
    ),
    Misconception(
        "input-shape-swapped", "Input is told features, then timesteps", INPUT, _input_swapped,
        "The right sizes in another order: timesteps before features, {right}.",
    ),
    Misconception(
        "input-shape-features-only", "Input is told what one timestep holds", INPUT, _input_features_only,
        "That is one timestep. A sample is a window of them: {right}.",
    ),
    Misconception(
        "input-shape-timesteps-only", "Input is told the number of timesteps", INPUT, _input_timesteps_only,
        "That leaves out what each timestep holds, the features axis: {right}.",
    ),
)  # fmt: skip
