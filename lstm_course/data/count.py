"""From an Experiment to the figures that its shapes depend on, without making its arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lstm_course.data.borders import starts_touching, windows_of_parts
from lstm_course.data.catalog import load_dataset
from lstm_course.data.cleaning import clean
from lstm_course.data.columns import chosen_columns
from lstm_course.data.facts import Facts, PartFacts
from lstm_course.data.prepare_sequences import sequence_features, split_sequences
from lstm_course.data.series import Sequences, Series
from lstm_course.data.split import PART_NAMES, split_rows
from lstm_course.experiment import Experiment

Mask = npt.NDArray[np.bool_]


def facts_of(exp: Experiment, source: Series | Sequences | None = None) -> Facts:
    """Count rows, columns, classes and windows.

    Unlike `prepare`, this answers also when no window fits, so that the diagram can show why.

    Args:
        exp: the experiment.
        source: data of the learner's own; None: the data set that the experiment names.

    Raises:
        DataError: when the data set, a column or the split cannot be.

    >>> facts_of(Experiment(dataset="air_passengers", timesteps=12)).part("train").num_samples
    89
    """
    data = source if source is not None else load_dataset(exp.dataset, exp.group)
    return _of_sequences(exp, data) if isinstance(data, Sequences) else _of_series(exp, data)


def _of_series(exp: Experiment, data: Series) -> Facts:
    features, targets = chosen_columns(exp, data)
    series, _ = clean(data, exp.absent, exp.missing, {name: (low, high) for name, low, high in exp.limits})
    parts = split_rows(series.num_rows, exp.split)
    names = series.classes(targets[0])[1] if exp.is_classification else ()
    missing_inputs = series.lacks_value(features)
    missing_labels = _missing_labels(exp, series, targets)
    starts = windows_of_parts(parts, exp.timesteps, exp.horizon, exp.stride, exp.border, exp.labels)
    counted = []
    for part in parts:
        dropped = _num_dropped(exp, starts[part.name], missing_inputs, missing_labels)
        counted.append(PartFacts(part.name, part.num_rows, len(starts[part.name]) - dropped, dropped))
    return Facts(
        num_rows=series.num_rows,
        num_columns=len(series.columns),
        features=features,
        targets=targets,
        parts=tuple(counted),
        class_names=names,
        num_missing=_num_missing(exp, series, features, targets),
    )


def _num_missing(exp: Experiment, series: Series, features: tuple[str, ...], targets: tuple[str, ...]) -> int:
    """Count each value once, also that of a column which both goes in and is forecast."""
    used = features if exp.is_classification else tuple(dict.fromkeys((*features, *targets)))
    return sum(int(series.lacks_value([name]).sum()) for name in used)


def _missing_labels(exp: Experiment, series: Series, targets: tuple[str, ...]) -> Mask:
    if exp.is_classification:
        return np.asarray(series.classes(targets[0])[0] < 0)
    return series.lacks_value(targets)


def _num_dropped(exp: Experiment, starts: npt.NDArray[np.int64], inputs: Mask, labels: Mask) -> int:
    """Count windows that `prepare` leaves out: those that touch a gap, or have no class to learn."""
    if exp.gap_windows == "keep":
        inputs = np.zeros_like(inputs)
        if not exp.is_classification:
            return 0
    return int(starts_touching(starts, inputs, labels, exp.timesteps, exp.horizon, exp.labels).sum())


def _of_sequences(exp: Experiment, data: Sequences) -> Facts:
    rows = split_sequences(data, exp.split)
    lengths = data.lengths
    return Facts(
        num_rows=int(lengths.sum()),
        num_columns=len(data.columns),
        features=sequence_features(exp, data),
        targets=data.card.targets if data.card else ("class",),
        parts=tuple(PartFacts(part, int(lengths[rows[part]].sum()), len(rows[part])) for part in PART_NAMES),
        class_names=data.class_names,
        is_sequences=True,
        longest=int(lengths.max()),
    )
