"""Options of the command line that describe an Experiment: one for each of its fields."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from lstm_course.codec import from_dict, from_json, parse_layers, to_dict
from lstm_course.data import Sequences, Series, load_csv
from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.problems import ProblemError
from lstm_course.published import AIRLINE

Command = TypeVar("Command", bound=Callable[..., Any])

_HELP = {
    "dataset": "name of a data set (see `lstm-course datasets`), or a CSV file of your own",
    "group": "which series of a data set that holds several",
    "features": "columns that go in, with commas between",
    "targets": "columns to forecast, with commas between",
    "absent": "keep, or insert missing time stamps as rows",
    "missing": "keep, interpolate, forward or zero",
    "limits": "COLUMN:LOW:HIGH, values outside count as missing; with commas between",
    "split": "TRAIN,VALIDATION[,TEST[,GAP]] as shares or numbers of rows, such as 0.7,0.15",
    "scaling": "standard, minmax or none",
    "scaler_fit": "rows that the scaler sees: train, or all (a leak)",
    "timesteps": "rows in one window",
    "horizon": "rows ahead to forecast",
    "stride": "rows from one window to the next",
    "lags": "axis on which the rows of a window lie: timesteps or features",
    "border": "inside, or reach-back: a test window may start in the rows before",
    "gap_windows": "drop or keep windows with a missing value",
    "padding": "pre or post",
    "pad_value": "value that fills short sequences up",
    "labels": "steps, sequence, class or one-hot",
    "flat_labels": "labels (samples,) instead of (samples, 1)",
    "layers": "the network, such as 'LSTM(32, return_sequences=True); LSTM(16)'",
    "head": "the output layers, such as 'Dense(24)'; default: those that fit the labels",
    "batch_size": "samples per gradient step",
    "shuffle": "whether training samples are shuffled",
    "reset_state": "when a stateful layer forgets: epoch or never",
    "loss": "default: the one that fits the labels",
    "class_weight": "balanced, or CLASS:WEIGHT with commas between, such as 0:1,1:5",
    "metrics": "further figures, with commas between: mae, mse, accuracy",
    "optimizer": "adam, adamw, nadam, rmsprop, sgd, adagrad or adamax",
    "learning_rate": "default: that of the optimizer in Keras",
    "clipnorm": "longest gradient of one weight tensor",
    "epochs": "passes over the training samples",
    "early_stopping": "epochs without a better val_loss before training stops",
    "seed": "seed of weights, order of samples and dropout",
}
_NAMES = ("features", "targets", "metrics")


def experiment_options(command: Command) -> Command:
    """Give a command an option for each field of the Experiment, and hand it `exp` and `source`."""
    for field in reversed(dataclasses.fields(Experiment)):
        flag = f"--{field.name.replace('_', '-')}"
        if field.type in ("bool", "bool | None"):
            flag = f"{flag}/--no-{field.name.replace('_', '-')}"
            command = click.option(flag, field.name, default=None, help=_HELP[field.name])(command)
        else:
            command = click.option(flag, field.name, metavar="…", help=_HELP[field.name])(command)
    start = click.option(
        "--experiment", "-e", "start", metavar="NAME|FILE|JSON",
        help=f"an experiment to start from: one of {', '.join(AIRLINE)}, a JSON file, or JSON itself",
    )  # fmt: skip
    return start(command)


def read_experiment(start: str | None, given: dict[str, Any]) -> tuple[Experiment, Series | Sequences | None]:
    """Build the Experiment that the options describe, and read its CSV file where it names one.

    Raises:
        ProblemError: when an option makes no sense.
    """
    exp = _start(start)
    texts = {name: text for name, text in given.items() if text is not None}
    source = None
    if _is_file(texts.get("dataset")):
        path = Path(texts["dataset"])
        source = load_csv(path)
        texts["dataset"] = source.name
    changes = {name: _value(name, text) for name, text in texts.items()}
    return exp.change(**changes), source


def _split(sizes: list[int | float]) -> Split:
    names = ("train", "validation", "test", "gap")
    if not 2 <= len(sizes) <= len(names):
        raise ProblemError("--split: expected TRAIN,VALIDATION[,TEST[,GAP]], such as 0.7,0.15 or 95,0,47,1.")
    fields: dict[str, Any] = dict(zip(names, sizes, strict=False))
    return Split(**fields)


def _is_file(dataset: str | None) -> bool:
    return dataset is not None and (dataset.lower().endswith((".csv", ".tsv", ".txt")) or "/" in dataset)


def _start(start: str | None) -> Experiment:
    if start is None:
        return Experiment()
    if start in AIRLINE:
        return AIRLINE[start].experiment
    if start.lstrip().startswith("{"):
        return from_json(start)
    path = Path(start)
    if not path.is_file():
        raise ProblemError(f"{start!r} is neither one of {', '.join(AIRLINE)}, nor JSON, nor a file.")
    return from_json(path.read_text("utf-8"))


def _value(name: str, text: Any) -> Any:
    if isinstance(text, bool):
        return text
    if name in ("layers", "head"):
        return parse_layers(text)
    if name in _NAMES:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name == "split":
        return _split([_number(name, part) for part in text.split(",")])
    if name == "limits":
        return tuple(_limit(part) for part in text.split(","))
    if name == "class_weight" and text != "balanced":
        return tuple(_weight(part) for part in text.split(","))
    if name == "early_stopping":
        return EarlyStopping(patience=int(_number(name, text)))
    return _plain(name, text)


def _plain(name: str, text: str) -> Any:
    kind = next(field.type for field in dataclasses.fields(Experiment) if field.name == name)
    return _number(name, text) if str(kind).startswith(("int", "float")) else text


def _number(name: str, text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError as error:
        raise ProblemError(f"--{name.replace('_', '-')} {text!r}: expected a number.") from error


def _limit(part: str) -> tuple[str, float, float]:
    pieces = part.rsplit(":", 2)
    if len(pieces) != 3:
        raise ProblemError(f"--limits {part!r}: expected COLUMN:LOW:HIGH, such as wind_speed:0:200.")
    return pieces[0], float(_number("limits", pieces[1])), float(_number("limits", pieces[2]))


def _weight(part: str) -> tuple[int, float]:
    number, colon, weight = part.strip().partition(":")
    if not colon or not number.isdecimal():
        raise ProblemError(f"--class-weight {part!r}: expected balanced, or CLASS:WEIGHT, such as 0:1,1:5.")
    return int(number), float(_number("class_weight", weight))


def as_json(exp: Experiment) -> dict[str, Any]:
    """Return an Experiment as plain values, held to what can be read back."""
    plain: dict[str, Any] = json.loads(json.dumps(to_dict(exp)))
    from_dict(plain)
    return plain
