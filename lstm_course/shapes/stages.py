"""The stages from the series to the loss, each with its shape and the formula behind it."""

from __future__ import annotations

from itertools import groupby
from math import ceil

from lstm_course.data.facts import Facts
from lstm_course.experiment import Experiment
from lstm_course.layers import recurrent_of
from lstm_course.shapes.compare import Comparison
from lstm_course.shapes.network import Walk, input_tensor, label_tensor
from lstm_course.shapes.stage import LayerShape, Stage
from lstm_course.shapes.tensor import FEATURES, ROWS, SAMPLES, TARGETS, Tensor


def raw_data(exp: Experiment, facts: Facts) -> Stage:
    """Describe the table as it is after cleaning."""
    rows = "frames" if facts.is_sequences else "rows"
    return Stage(
        id="raw-data", title="Rows", lane="both",
        tensor=Tensor((facts.num_rows, facts.num_columns), (ROWS, FEATURES)),
        formula=f"{facts.num_rows:,} {rows} × {_count(facts.num_columns, 'column')}",
        sentence="One row for each moment, in the order of time; one column for each thing measured.",
        facts=_part_facts(facts),
    )  # fmt: skip


def _part_facts(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((part.name, f"{part.num_rows:,} rows") for part in facts.parts)


def scaling(exp: Experiment, facts: Facts) -> Stage:
    """Describe what scaling does: it changes values, never shapes."""
    seen = "the training rows only" if exp.scaler_fit == "train" else "all rows, the test rows too"
    how = {
        "none": "The values stay as they are.",
        "minmax": f"Each column is brought to 0 … 1 by the smallest and largest value of {seen}.",
        "standard": f"Each column is brought to mean 0 and deviation 1, both taken from {seen}.",
    }[exp.scaling]
    return Stage(
        id="scaling", title="Scaling", lane="both",
        tensor=Tensor((facts.num_rows, len(facts.features)), (ROWS, FEATURES)),
        label=None if exp.is_classification else Tensor((facts.num_rows, len(facts.targets)), (ROWS, TARGETS)),
        formula=f"{_count(len(facts.features), 'feature')} of {_count(facts.num_columns, 'column')}", sentence=how,
    )  # fmt: skip


def windowing(exp: Experiment, facts: Facts) -> Stage:
    """Describe how rows become samples."""
    train = facts.part("train")
    tensor = input_tensor(exp, facts).with_first(train.num_samples, SAMPLES)
    samples = tuple((part.name, f"{part.num_samples:,} samples") for part in facts.parts)
    if facts.is_sequences:
        side = "in front" if exp.padding == "pre" else "behind"
        return Stage(
            id="windowing", title="Padding", lane="input", tensor=tensor, facts=samples,
            formula=f"sequences of up to {facts.longest} frames → {exp.timesteps} timesteps each",
            sentence=f"Each sequence is one sample; short ones are filled up {side} with {exp.pad_value:g}.",
        )  # fmt: skip
    return Stage(
        id="windowing", title="Windows", lane="input", tensor=tensor, facts=samples,
        formula=window_formula(exp, facts),
        sentence=_window_sentence(exp),
    )  # fmt: skip


def _window_sentence(exp: Experiment) -> str:
    step = "one row" if exp.stride == 1 else f"{exp.stride} rows"
    if exp.lags == "features":
        rows = _count(exp.timesteps, "row")
        return (
            f"{rows} side by side become the features of a single timestep; the window then moves on {step}."
        )
    rows = "Each row makes" if exp.timesteps == 1 else f"{exp.timesteps:,} rows in a row make"
    return f"{rows} one sample; the window then moves on {step}."


def window_formula(exp: Experiment, facts: Facts) -> str:
    """Write the count of windows of the training part with its numbers.

    >>> from lstm_course.data.facts import PartFacts
    >>> facts = Facts(144, 1, ("x",), ("x",), (PartFacts("train", 101, 89),))
    >>> window_formula(Experiment(), facts)
    '101 − 12 − 1 + 1 = 89'
    """
    train = facts.part("train")
    left = f"{train.num_rows:,} − {exp.timesteps} − {exp.horizon}"
    total = train.num_samples + train.num_dropped
    if train.num_rows < exp.timesteps + exp.horizon:
        return f"{train.num_rows:,} rows < {exp.timesteps} + {exp.horizon}: no window fits"
    counted = f"{left} + 1 = {total:,}" if exp.stride == 1 else f"({left}) // {exp.stride} + 1 = {total:,}"
    if train.num_dropped:
        return f"{counted}, minus {train.num_dropped:,} with a gap = {train.num_samples:,}"
    return counted


def labels(exp: Experiment, facts: Facts) -> Stage:
    """Describe what the network should say for each sample."""
    tensor = label_tensor(exp, facts).with_first(facts.part("train").num_samples, SAMPLES)
    return Stage(
        id="labels", title="Labels", lane="labels", tensor=tensor, label=tensor,
        formula=_label_formula(exp, facts), sentence=_label_sentence(exp, facts),
    )  # fmt: skip


def _label_formula(exp: Experiment, facts: Facts) -> str:
    if exp.labels == "class":
        return f"one of {facts.num_classes} class numbers per sample"
    if exp.labels == "one-hot":
        return f"{facts.num_classes} columns per sample, a single 1 in each row"
    targets = _count(len(facts.targets), "target")
    if exp.labels == "sequence":
        return f"{exp.timesteps} timesteps × {targets} per sample"
    return f"{_count(exp.horizon, 'step')} ahead × {targets} per sample"


def _label_sentence(exp: Experiment, facts: Facts) -> str:
    if facts.is_sequences:
        return "The class of each sequence."
    ahead = "the next row" if exp.horizon == 1 else f"the row {exp.horizon} steps on"
    if exp.is_classification:
        return f"The class of {ahead} after each window."
    if exp.labels == "sequence":
        return f"For every timestep of the window, the value of {ahead}."
    return "The value of the next row." if exp.horizon == 1 else f"The values of the next {exp.horizon} rows."


def batching(exp: Experiment, facts: Facts) -> Stage:
    """Describe how samples are handed over in batches."""
    samples = facts.part("train").num_samples
    steps = steps_per_epoch(exp, facts)
    last = samples - (steps - 1) * exp.batch_size if steps else 0
    unit = "step" if steps == 1 else "steps"
    return Stage(
        id="batching", title="Batches", lane="both",
        tensor=input_tensor(exp, facts), label=label_tensor(exp, facts),
        formula=f"⌈{samples:,} / {exp.batch_size}⌉ = {steps:,} {unit} per epoch",
        sentence=_batch_sentence(exp.batch_size, steps, last),
        facts=(("steps per epoch", f"{steps:,}"), ("last batch", f"{last:,}")),
    )  # fmt: skip


def _batch_sentence(batch_size: int, steps: int, last: int) -> str:
    if not steps:
        return "There is no sample to put into a batch."
    if last == batch_size:
        return f"{_count(batch_size, 'sample')} at a time."
    if steps == 1:
        return f"All {_count(last, 'sample')} in one batch; there is room for {batch_size:,}."
    return f"{batch_size:,} samples at a time; the last batch of the epoch holds {last:,}."


def steps_per_epoch(exp: Experiment, facts: Facts) -> int:
    """Gradient steps in one epoch: samples / batch_size, rounded up."""
    return ceil(facts.part("train").num_samples / exp.batch_size)


def network_stages(exp: Experiment, facts: Facts, walk: Walk) -> tuple[Stage, ...]:
    """Describe the input layer and each stage of the network that the walk reached."""
    tensor = input_tensor(exp, facts)
    by_stage = {
        stage: tuple(shape for _, shape in group)
        for stage, group in groupby(
            zip(walk.places, walk.layers, strict=False), key=lambda reached: reached[0].stage
        )
    }
    bottom = by_stage.pop("input-layer", ())
    entry = Stage(
        id="input-layer", title="Input", lane="input", tensor=tensor, layers=bottom,
        formula=f"Input(shape={tensor.shape[1:]})" if not exp.stateful else f"Input(batch_shape={tensor.shape})",
        sentence="Keras is told the shape of one sample; the batch axis is its own affair."
        if not exp.stateful
        else "A stateful layer keeps one state for each row of the batch, so the batch size is fixed.",
    )  # fmt: skip
    return (entry, *(_network_stage(name, layers) for name, layers in by_stage.items()))


def _network_stage(name: str, layers: tuple[LayerShape, ...]) -> Stage:
    return Stage(
        id=name, title=" + ".join(_title(layer) for layer in layers), lane="input",
        tensor=layers[-1].output, layers=layers, formula="; ".join(layer.shape_formula for layer in layers),
        sentence=_layer_sentence(layers[-1]),
        parameter_formula="; ".join(layer.parameter_formula for layer in layers if layer.parameter_formula),
    )  # fmt: skip


def _title(shape: LayerShape) -> str:
    inner = getattr(shape.layer, "layer", None)
    return f"{shape.keras_name}({inner.keras_name})" if inner is not None else shape.keras_name


def _layer_sentence(shape: LayerShape) -> str:
    layer = recurrent_of(shape.layer)
    if layer is None:
        return _PLAIN_SENTENCES[shape.keras_name]
    timesteps = shape.input.shape[1]
    leaves = "Every h leaves" if layer.return_sequences else "Only the last h leaves"
    order = ", read from the end," if layer.go_backwards else ""
    return f"The same cell takes the {_count(timesteps, 'timestep')}{order} one after the other. {leaves} the layer."


_PLAIN_SENTENCES = {
    "Dense": "A weighted sum of the last axis for each output.",
    "Dropout": "While training, a random share of the numbers is set to zero.",
    "Masking": "Timesteps that are padding are marked, to be skipped.",
    "RepeatVector": "One vector is repeated, so that a decoder has something to read at each step.",
    "Flatten": "All axes but the batch become one; which number belonged to which timestep is forgotten.",
    "Reshape": "The same numbers, arranged anew.",
    "TimeDistributed": "One layer, with the same weights, at every timestep.",
}


def loss(comparison: Comparison, num_labels: int, weighed: bool) -> Stage:
    """Describe how output and labels meet, and whether the samples of some classes count more."""
    weights = "; each sample counts as much as the weight of its class" if weighed else ""
    return Stage(
        id="loss", title="Loss", lane="both", tensor=comparison.output, label=comparison.label,
        formula=comparison.sentence, sentence=f"{comparison.loss} compares the output with the labels{weights}.",
        facts=(("terms", f"{comparison.num_terms:,}"), ("labels", f"{num_labels:,}")),
    )  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
