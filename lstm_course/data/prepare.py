"""From an Experiment to its arrays: clean, split, scale, cut into windows, label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.borders import Rows, starts_touching, windows_of_parts
from lstm_course.data.catalog import load_dataset
from lstm_course.data.cleaning import clean
from lstm_course.data.columns import chosen_columns
from lstm_course.data.errors import DataError
from lstm_course.data.labels import flatten, label_rows, number_labels, one_hot, origin_rows
from lstm_course.data.prepare_sequences import prepare_sequences
from lstm_course.data.prepared import Prepared
from lstm_course.data.scaling import Scaler, fit_scaler, joined
from lstm_course.data.series import Floats, Sequences, Series
from lstm_course.data.split import PART_NAMES, Part, Parts, split_rows
from lstm_course.data.windows import too_short, view_windows
from lstm_course.experiment import Experiment

Array = npt.NDArray[Any]
MAX_COPY = 2 * 1024**3  # bytes; leaving windows out means copying those that stay


def prepare(exp: Experiment, source: Series | Sequences | None = None) -> Prepared:
    """Make the arrays that an Experiment trains, validates and tests on.

    Windows are read-only views on the scaled rows, so that they cost no memory; only where windows that
    touch a gap are left out, those that stay are copied. Validation and test may come out empty, with a
    note; without a training sample there is nothing to learn from, and that is an error.

    Args:
        exp: the Experiment.
        source: data of the learner's own; None: the data set that the Experiment names.

    Returns:
        Arrays, scalers and row numbers of each part.

    Raises:
        DataError: when the data and the Experiment do not fit; the text says what to change.

    >>> ready = prepare(Experiment(dataset="air_passengers", timesteps=12))
    >>> ready.X["train"].shape, ready.y["train"].shape
    ((89, 12, 1), (89, 1))
    """
    data = source if source is not None else load_dataset(exp.dataset, exp.group)
    if isinstance(data, Sequences):
        return prepare_sequences(exp, data)
    return _prepare_series(exp, data)


@dataclass(frozen=True, eq=False)
class _Goal:
    """The targets, before and after scaling."""

    values: Floats  # original units or class numbers, (rows, targets)
    scaled: Array  # on the network's scale, (rows, targets)
    missing: npt.NDArray[np.bool_]  # rows without a target, (rows,)
    scaler: Scaler | None  # None for classes
    class_names: tuple[str, ...]  # empty for numbers


def _prepare_series(exp: Experiment, data: Series) -> Prepared:
    features, targets = chosen_columns(exp, data)
    limits = {name: (low, high) for name, low, high in exp.limits}
    series, report = clean(data, exp.absent, exp.missing, limits)
    parts = split_rows(series.num_rows, exp.split)
    fit = slice(None) if exp.scaler_fit == "all" else slice(parts.train.start, parts.train.stop)
    scaler, scaled = _scale(exp, series, features, fit)
    goal = _goal(exp, series, targets, fit)
    all_starts = windows_of_parts(parts, exp.timesteps, exp.horizon, exp.stride, exp.border, exp.labels)
    if len(all_starts["train"]) == 0:
        raise too_short(parts.train.num_rows, exp.timesteps, exp.horizon, "the training part")
    missing = series.lacks_value(features)
    touching = {part: _touching(exp, starts, missing, goal.missing) for part, starts in all_starts.items()}
    dropped = {part: _to_drop(exp, goal, all_starts[part], touching[part]) for part in PART_NAMES}
    starts = {part: all_starts[part][~dropped[part]] for part in PART_NAMES}
    num_dropped = {part: int(dropped[part].sum()) for part in PART_NAMES}
    if len(starts["train"]) == 0:
        raise DataError(
            f"All {len(all_starts['train'])} training windows touch a missing value, so none is left. "
            "Fill the gaps (missing='interpolate'), use fewer timesteps, or leave out the column with most gaps."
        )
    X = {part: _inputs(exp, scaled, all_starts[part], dropped[part]) for part in PART_NAMES}
    y = {part: _labels(exp, goal, all_starts[part], dropped[part]) for part in PART_NAMES}
    return Prepared(
        experiment=exp,
        source=series,
        feature_names=features,
        target_names=targets,
        class_names=goal.class_names,
        scaler=scaler,
        target_scaler=goal.scaler,
        X=X,
        y=y,
        rows=starts,
        label_rows={part: label_rows(starts[part], *_window(exp)) for part in PART_NAMES},
        origin_rows={part: origin_rows(starts[part], *_window(exp)) for part in PART_NAMES},
        targets=goal.values,
        parts=parts,
        cleaning=report,
        num_dropped=num_dropped,
        notes=(
            *report.sentences((*features, *targets)),
            *_notes(exp, parts, starts, num_dropped, touching, scaler),
        ),
        scaled=scaled,
    )


def _window(exp: Experiment) -> tuple[int, int, Any]:
    return exp.timesteps, exp.horizon, exp.labels


def _goal(exp: Experiment, series: Series, targets: tuple[str, ...], fit: slice) -> _Goal:
    if exp.is_classification:
        codes, names = series.classes(targets[0])
        return _Goal(codes[:, None].astype(np.float64), codes[:, None], codes < 0, None, names)
    scaler, scaled = _scale(exp, series, targets, fit)
    return _Goal(series.values(targets), scaled, series.lacks_value(targets), scaler, ())


def _scale(exp: Experiment, series: Series, columns: tuple[str, ...], fit: slice) -> tuple[Scaler, Array]:
    """Fit and scale one column after the other, so that a long table is held once, as float32 (rows, columns)."""
    scalers, scaled = [], np.empty((series.num_rows, len(columns)), dtype=np.float32)
    for place, name in enumerate(columns):
        values = series.values([name])
        scalers.append(fit_scaler(values[fit], exp.scaling, columns=[name]))
        scaled[:, place] = scalers[-1].transform(values)[:, 0]
    return joined(scalers), scaled


def _touching(
    exp: Experiment, starts: Rows, missing: npt.NDArray[np.bool_], no_label: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    return starts_touching(starts, missing, no_label, exp.timesteps, exp.horizon, exp.labels)


def _to_drop(
    exp: Experiment, goal: _Goal, starts: Rows, touching: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    if exp.gap_windows == "drop":
        return touching
    if not goal.class_names:
        return np.zeros(len(starts), dtype=np.bool_)
    return _touching(exp, starts, np.zeros_like(goal.missing), goal.missing)  # no class: nothing to learn


def _inputs(exp: Experiment, scaled: Array, starts: Rows, dropped: npt.NDArray[np.bool_]) -> Array:
    first = int(starts[0]) if len(starts) else 0
    view = view_windows(scaled[first:], len(starts), exp.timesteps, exp.stride, exp.lags)
    if not dropped.any():
        return view
    size = int((~dropped).sum()) * view.shape[1] * view.shape[2] * view.itemsize
    if size > MAX_COPY:
        raise DataError(
            f"Leaving out windows that touch a gap needs {size / 1024**3:.1f} GB of memory. "
            "Fill the gaps instead (missing='interpolate'), or use a longer stride or fewer timesteps."
        )
    return view[~dropped]


def _labels(exp: Experiment, goal: _Goal, starts: Rows, dropped: npt.NDArray[np.bool_]) -> Array:
    first = int(starts[0]) if len(starts) else 0
    if goal.class_names:
        rows = label_rows(starts[~dropped], *_window(exp))[:, 0]
        classes: Array = goal.scaled[rows, 0]  # (samples,)
        return one_hot(classes, len(goal.class_names)) if exp.labels == "one-hot" else classes
    timesteps, horizon, kind = _window(exp)
    y = number_labels(goal.scaled[first:], len(starts), timesteps, horizon, exp.stride, kind)
    y = y[~dropped] if dropped.any() else y
    return flatten(y) if exp.flat_labels else y


def _notes(
    exp: Experiment,
    parts: Parts,
    starts: Mapping[str, Rows],
    num_dropped: Mapping[str, int],
    touching: Mapping[str, npt.NDArray[np.bool_]],
    scaler: Scaler,
) -> list[str]:
    said = [_empty(exp, part) for part in parts if not len(starts[part.name]) and part.num_rows]
    lost = sum(num_dropped.values())
    if lost:
        said.append(f"{lost:,} windows touch a missing value and are left out.")
    kept = sum(int(mask.sum()) for mask in touching.values()) - lost
    if kept > 0:
        said.append(
            f"{kept:,} windows hold a missing value; one of them is enough to turn the loss into NaN."
        )
    if scaler.constant:
        said.append(f"Constant in the rows that the scaler saw: {', '.join(scaler.constant)}.")
    if exp.scaler_fit == "all" and exp.scaling != "none":
        said.append("The scaler has seen the validation and test rows too: that is a leak.")
    return said


def _empty(exp: Experiment, part: Part) -> str:
    return (
        f"The {part.name} part has {part.num_rows} rows and gives no sample: a window of {exp.timesteps} timesteps "
        f"and a horizon of {exp.horizon} need {exp.timesteps + exp.horizon} rows, or border='reach-back'."
    )
