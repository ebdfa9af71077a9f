"""The learner's own numbers, by the names that prose uses for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lstm_course.data import num_windows
from lstm_course.data.catalog import find_card
from lstm_course.data.errors import DataError
from lstm_course.layers import Bidirectional, Layer, Recurrent
from lstm_course.shapes import LayerShape, Prediction, Tensor, loss_of
from lstm_course.shapes.stages import window_formula
from lstm_course.shapes.weights import NUM_GATES
from lstm_course.wording import counted

NO_WINDOW = "none, because no window fits"


@dataclass(frozen=True)
class NamedNumber:
    """One name that prose may use."""

    meaning: str  # what it is, for an author
    text: Callable[[Prediction], str]  # how it reads for an experiment


def numbers_of(prediction: Prediction) -> dict[str, str]:
    """Write every number of an experiment as text.

    Where an experiment is impossible, what does not exist reads as a short reason instead of a number,
    so that a sentence around it stays true.

    Args:
        prediction: what the rules say of the learner's experiment.

    Returns:
        Text for each name in `NUMBERS`; counts with a comma at the thousands.

    >>> from lstm_course.experiment import Experiment
    >>> from lstm_course.shapes import predict
    >>> numbers = numbers_of(predict(Experiment(timesteps=12)))
    >>> numbers["num_windows"], numbers["train_shape"]
    ('89', '(89, 12, 1)')
    """
    return {name: number.text(prediction) for name, number in NUMBERS.items()}


def count(number: int) -> str:
    """Write a count.

    >>> count(17520)
    '17,520'
    """
    return f"{number:,}"


def _field(name: str) -> Callable[[Prediction], str]:
    return lambda prediction: _plain(getattr(prediction.exp, name))


def _plain(value: object) -> str:
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _rows(part: str) -> Callable[[Prediction], str]:
    return lambda prediction: count(prediction.facts.part(part).num_rows)


def _samples(part: str) -> Callable[[Prediction], str]:
    return lambda prediction: count(prediction.facts.part(part).num_samples)


def _shape_after(stage_id: str) -> Callable[[Prediction], str]:
    def text(prediction: Prediction) -> str:
        stage = prediction.stage(stage_id)
        return str(stage.tensor) if stage else why_no_output(prediction)

    return text


def why_no_output(prediction: Prediction) -> str:
    """Say in a few words why there is nothing to see where an impossible network ends.

    >>> from lstm_course.experiment import Experiment
    >>> from lstm_course.layers import LSTM
    >>> from lstm_course.shapes import predict
    >>> why_no_output(predict(Experiment(layers=(LSTM(4), LSTM(4)))))
    'nothing (LSTM hands on one vector, LSTM needs one per timestep)'
    """
    blocking = next((finding.title for finding in prediction.findings if finding.blocks), "no such stage")
    return f"nothing ({blocking})"


def first_recurrent(prediction: Prediction) -> Recurrent:
    """Return the lowest recurrent layer."""
    return prediction.exp.recurrent_layers[0]


def recurrent_shape(prediction: Prediction, number: int = 1) -> LayerShape | None:
    """Return the shapes of a recurrent layer, counted from 1 at the bottom; None where it is not reached."""
    stage = prediction.stage(f"recurrent-layer-{number}")
    return stage.layers[0] if stage else None


def _weight(name: str) -> Callable[[Prediction], str]:
    def text(prediction: Prediction) -> str:
        shape = recurrent_shape(prediction)
        weights = shape.weights if shape else ()
        found = [weight.shape for weight in weights if weight.name.rpartition("/")[2] == name]
        return str(found[0]) if found else "absent"

    return text


def _layer_parameters(prediction: Prediction) -> str:
    shape = recurrent_shape(prediction)
    return count(shape.parameters) if shape else why_no_output(prediction)


def _parameter_formula(prediction: Prediction) -> str:
    shape = recurrent_shape(prediction)
    return shape.parameter_formula if shape else why_no_output(prediction)


def _head_parameters(prediction: Prediction) -> str:
    stage = prediction.stage("head")
    return count(stage.parameters) if stage else why_no_output(prediction)


def _starts(prediction: Prediction) -> int:
    """Training windows before any was left out for a gap."""
    train = prediction.facts.part("train")
    return train.num_samples + train.num_dropped


def _last_start(prediction: Prediction) -> int:
    return (_starts(prediction) - 1) * prediction.exp.stride


def _of_last_window(offset: Callable[[Prediction], int]) -> Callable[[Prediction], str]:
    def text(prediction: Prediction) -> str:
        return count(_last_start(prediction) + offset(prediction)) if _starts(prediction) else NO_WINDOW

    return text


def last_batch(prediction: Prediction) -> int:
    """Samples in the last batch of an epoch."""
    samples = prediction.facts.part("train").num_samples
    return samples - (prediction.steps_per_epoch - 1) * prediction.exp.batch_size if samples else 0


def _terms(prediction: Prediction) -> str:
    return count(prediction.comparison.num_terms) if prediction.comparison else why_no_output(prediction)


def _labels_shape(prediction: Prediction) -> str:
    stage = prediction.stage("labels")
    return str(stage.tensor) if stage else why_no_output(prediction)


def _card_title(prediction: Prediction) -> str:
    try:
        return find_card(prediction.exp.dataset).title
    except DataError:
        return prediction.exp.dataset


def _season(prediction: Prediction) -> str:
    try:
        return count(find_card(prediction.exp.dataset).season)
    except DataError:
        return "unknown"


def _measure(prediction: Prediction) -> str:
    target = prediction.facts.targets[0]
    try:
        return find_card(prediction.exp.dataset).units.get(target, target)
    except DataError:
        return target


def _inside(layer: Layer) -> str:
    return layer.layer.keras_name if isinstance(layer, Bidirectional) else layer.keras_name


def _after(tensor: Tensor) -> str:
    return str(tensor.shape[1:])


def _head_code(prediction: Prediction) -> str:
    stage = prediction.stage("head")
    return " → ".join(shape.layer.code for shape in stage.layers) if stage else why_no_output(prediction)


NUMBERS: Mapping[str, NamedNumber] = {
    "dataset": NamedNumber("title of the data set", _card_title),
    "dataset_name": NamedNumber("name of the data set, as in code", _field("dataset")),
    "num_rows": NamedNumber("rows after cleaning", lambda p: count(p.facts.num_rows)),
    "num_columns": NamedNumber("columns of the table", lambda p: count(p.facts.num_columns)),
    "num_features": NamedNumber("columns that go in", lambda p: count(len(p.facts.features))),
    "features": NamedNumber("names of the columns that go in", lambda p: ", ".join(p.facts.features)),
    "num_targets": NamedNumber("columns to forecast", lambda p: count(len(p.facts.targets))),
    "targets": NamedNumber("names of the columns to forecast", lambda p: ", ".join(p.facts.targets)),
    "target": NamedNumber("name of the first column to forecast", lambda p: p.facts.targets[0]),
    "measure": NamedNumber("unit of measurement of the target", _measure),
    "season": NamedNumber("rows of the main season", _season),
    "num_classes": NamedNumber("number of classes", lambda p: count(p.facts.num_classes)),
    "num_missing": NamedNumber("missing values", lambda p: count(p.facts.num_missing)),
    "train_rows": NamedNumber("rows of the training part", _rows("train")),
    "validation_rows": NamedNumber("rows of the validation part", _rows("validation")),
    "test_rows": NamedNumber("rows of the test part", _rows("test")),
    "num_windows": NamedNumber("training samples (for sequences: training sequences)", _samples("train")),
    "train_samples": NamedNumber("the same as num_windows", _samples("train")),
    "validation_samples": NamedNumber("samples of the validation part", _samples("validation")),
    "test_samples": NamedNumber("samples of the test part", _samples("test")),
    "dropped_windows": NamedNumber(
        "training windows left out for a gap", lambda p: count(p.facts.part("train").num_dropped)
    ),
    "windows_of_all_rows": NamedNumber(
        "windows that the whole series would give, without a split",
        lambda p: count(num_windows(p.facts.num_rows, p.exp.timesteps, p.exp.horizon, p.exp.stride)),
    ),
    "window_formula": NamedNumber(
        "the count of training windows with its numbers", lambda p: window_formula(p.exp, p.facts)
    ),
    "timesteps": NamedNumber("rows in one window", _field("timesteps")),
    "horizon": NamedNumber("rows ahead to forecast", _field("horizon")),
    "stride": NamedNumber("rows from one window to the next", _field("stride")),
    "timesteps_text": NamedNumber("as “12 timesteps”", lambda p: counted(p.exp.timesteps, "timestep")),
    "horizon_text": NamedNumber("as “1 row”", lambda p: counted(p.exp.horizon, "row")),
    "stride_text": NamedNumber("as “1 row”", lambda p: counted(p.exp.stride, "row")),
    "features_text": NamedNumber("as “1 feature”", lambda p: counted(len(p.facts.features), "feature")),
    "units_text": NamedNumber("as “32 units”", lambda p: counted(first_recurrent(p).units, "unit")),
    "windows_text": NamedNumber(
        "as “89 windows”", lambda p: counted(p.facts.part("train").num_samples, "window")
    ),
    "window_rows": NamedNumber(
        "rows that a window and its labels take, timesteps + horizon",
        lambda p: count(p.exp.timesteps + p.exp.horizon),
    ),
    "overlap": NamedNumber(
        "rows that two neighbouring windows share", lambda p: count(max(0, p.exp.timesteps - p.exp.stride))
    ),
    "last_timestep": NamedNumber(
        "number of a window's last timestep, counted from 0", lambda p: count(p.exp.timesteps - 1)
    ),
    "last_start": NamedNumber("first row of the last training window, counted from 0", _of_last_window(lambda p: 0)),
    "last_window_row": NamedNumber(
        "last row of the last training window", _of_last_window(lambda p: p.exp.timesteps - 1)
    ),
    "last_label_row": NamedNumber(
        "row of the last label of the training part",
        _of_last_window(lambda p: p.exp.timesteps + p.exp.horizon - 1),
    ),
    "lags": NamedNumber("axis on which a window's rows lie: timesteps or features", _field("lags")),
    "border": NamedNumber("inside or reach-back", _field("border")),
    "scaling": NamedNumber("kind of scaling", _field("scaling")),
    "pad_value": NamedNumber("value that short sequences are filled up with", _field("pad_value")),
    "labels": NamedNumber("kind of label", _field("labels")),
    "layer": NamedNumber("class of the first recurrent layer", lambda p: _inside(first_recurrent(p))),
    "layers": NamedNumber("the layers as code", lambda p: " → ".join(layer.code for layer in p.exp.layers)),
    "num_recurrent_layers": NamedNumber("recurrent layers", lambda p: count(len(p.exp.recurrent_layers))),
    "units": NamedNumber("units of the first recurrent layer", lambda p: count(first_recurrent(p).units)),
    "num_gates": NamedNumber(
        "blocks in the joined kernel of the first recurrent layer",
        lambda p: count(NUM_GATES[first_recurrent(p).keras_name]),
    ),
    "joined_units": NamedNumber(
        "columns of that joined kernel",
        lambda p: count(NUM_GATES[first_recurrent(p).keras_name] * first_recurrent(p).units),
    ),
    "num_states": NamedNumber("states of the first recurrent layer", lambda p: count(first_recurrent(p).num_states)),
    "head": NamedNumber("the head as code", _head_code),
    "loss": NamedNumber("name of the loss", lambda p: loss_of(p.exp)),
    "optimizer": NamedNumber("name of the optimizer", _field("optimizer")),
    "epochs": NamedNumber("epochs", _field("epochs")),
    "seed": NamedNumber("seed", _field("seed")),
    "batch_size": NamedNumber("batch_size as chosen", _field("batch_size")),
    "batch": NamedNumber("samples in the first batch", lambda p: count(p.label.shape[0])),
    "steps_per_epoch": NamedNumber("gradient steps in one epoch", lambda p: count(p.steps_per_epoch)),
    "last_batch": NamedNumber("samples in the last batch", lambda p: count(last_batch(p))),
    "total_steps": NamedNumber("gradient steps in all epochs", lambda p: count(p.steps_per_epoch * p.exp.epochs)),
    "full_batches": NamedNumber(
        "batches that are full", lambda p: count(p.facts.part("train").num_samples // p.exp.batch_size)
    ),
    "table_shape": NamedNumber("shape of the table: (rows, columns)", _shape_after("raw-data")),
    "train_shape": NamedNumber(
        "shape of all training inputs: (samples, timesteps, features)", _shape_after("windowing")
    ),
    "window_shape": NamedNumber(
        "shape of one sample", lambda p: _after(stage.tensor) if (stage := p.stage("windowing")) else NO_WINDOW
    ),
    "batch_shape": NamedNumber("shape of one batch of inputs", _shape_after("input-layer")),
    "input_shape": NamedNumber(
        "what Input(shape=…) is told: one sample",
        lambda p: _after(stage.tensor) if (stage := p.stage("input-layer")) else why_no_output(p),
    ),
    "labels_shape": NamedNumber("shape of all training labels", _labels_shape),
    "label_shape": NamedNumber("shape of one batch of labels", lambda p: str(p.label)),
    "recurrent_shape": NamedNumber("what leaves the first recurrent layer", _shape_after("recurrent-layer-1")),
    "output_shape": NamedNumber("what leaves the head", lambda p: str(p.output) if p.output else why_no_output(p)),
    "num_terms": NamedNumber("terms that the loss averages for one batch", _terms),
    "num_labels": NamedNumber("labels in one batch", lambda p: count(p.label.size)),
    "parameters": NamedNumber("numbers that training changes", lambda p: count(p.parameters)),
    "layer_parameters": NamedNumber("parameters of the first recurrent layer", _layer_parameters),
    "head_parameters": NamedNumber("parameters of the head", _head_parameters),
    "parameter_formula": NamedNumber("the count for the first recurrent layer, with its numbers", _parameter_formula),
    "kernel_shape": NamedNumber("shape of its kernel", _weight("kernel")),
    "recurrent_kernel_shape": NamedNumber("shape of its recurrent kernel", _weight("recurrent_kernel")),
    "bias_shape": NamedNumber("shape of its bias", _weight("bias")),
}  # fmt: skip
"""Every name that prose may use, with its meaning."""
