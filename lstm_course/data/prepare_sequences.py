"""Arrays from sequences of unequal length: scaled, padded, split without losing a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.errors import DataError, unknown
from lstm_course.data.labels import one_hot
from lstm_course.data.prepared import Prepared
from lstm_course.data.scaling import Scaler, fit_scaler
from lstm_course.data.sequences import every_kth, num_masked_steps, pad
from lstm_course.data.series import Integers, Sequences
from lstm_course.data.split import PART_NAMES, SplitSizes
from lstm_course.experiment import Experiment

Array = npt.NDArray[Any]


def prepare_sequences(exp: Experiment, data: Sequences) -> Prepared:
    """Make the arrays of an Experiment on sequences.

    The data set itself says which sequences test. Validation takes every k-th training sequence: they
    are ordered by class, and the last rows would hold one class only. Short sequences are filled up, and
    long ones cut, on the side that `padding` names.

    Raises:
        DataError: when the labels are not classes or the parts do not fit.

    >>> from lstm_course.data.catalog import load_sequences
    >>> exp = Experiment(dataset="japanese_vowels", timesteps=29, labels="class")
    >>> prepare_sequences(exp, load_sequences("japanese_vowels")).X["test"].shape
    (370, 29, 12)
    """
    if not exp.is_classification:
        raise DataError(
            f"{data.name!r} holds sequences with one class each; use labels='class' or 'one-hot', not {exp.labels!r}."
        )
    features = sequence_features(exp, data)
    places = [data.columns.index(name) for name in features]
    rows = split_sequences(data, exp.split)
    chosen = data.sequences if exp.scaler_fit == "all" else [data.sequences[row] for row in rows["train"]]
    scaler = fit_scaler(np.concatenate(chosen)[:, places], exp.scaling, columns=features)
    scaled = [scaler.transform(sequence[:, places]) for sequence in data.sequences]
    X = pad(scaled, exp.timesteps, exp.padding, exp.padding, exp.pad_value)  # (samples, timesteps, features)
    if exp.lags == "features":
        X = X.reshape(len(X), 1, -1)  # (samples, 1, timesteps * features)
    y = one_hot(data.labels, len(data.class_names)) if exp.labels == "one-hot" else data.labels
    own_row = {part: rows[part][:, None] for part in PART_NAMES}
    return Prepared(
        experiment=exp,
        source=data,
        feature_names=features,
        target_names=data.card.targets if data.card else ("class",),
        class_names=data.class_names,
        scaler=scaler,
        target_scaler=None,
        X={part: X[rows[part]] for part in PART_NAMES},
        y={part: y[rows[part]] for part in PART_NAMES},
        rows=rows,
        label_rows=own_row,
        origin_rows=own_row,
        targets=data.labels[:, None].astype(np.float64),
        parts=None,
        cleaning=None,
        num_dropped=dict.fromkeys(PART_NAMES, 0),
        notes=tuple(_notes(exp, data, rows, scaled, scaler)),
    )


def split_sequences(data: Sequences, split: SplitSizes) -> dict[str, Integers]:
    """Return the numbers of the sequences of each part.

    A share of validation counts against the shares of training and validation together, because the
    test sequences are given; a whole number is so many sequences.

    Raises:
        DataError: when no training sequence is left.
    """
    given = np.array(data.split)
    training = np.flatnonzero(given == "train")
    size = split.validation
    if isinstance(size, float):
        share = size / (split.train + size) if isinstance(split.train, float) and size else size
        size = round(share * len(training))
    if size >= len(training):
        raise DataError(
            f"Validation takes {size} of {len(training)} training sequences, so none is left to learn from; "
            "make it smaller."
        )
    chosen = every_kth(len(training), size)
    return {
        "train": np.delete(training, chosen),
        "validation": training[chosen],
        "test": np.flatnonzero(given == "test"),
    }


def sequence_features(exp: Experiment, data: Sequences) -> tuple[str, ...]:
    """Return the columns that go in: those that the Experiment names, or all.

    Raises:
        DataError: when a column does not exist.
    """
    for name in exp.features:
        if name not in data.columns:
            raise unknown("feature", name, data.columns)
    return exp.features or data.columns


def _notes(
    exp: Experiment, data: Sequences, rows: Mapping[str, Integers], scaled: list[Array], scaler: Scaler
) -> list[str]:
    said = [
        f"The data set says which {len(rows['test'])} sequences test; validation takes "
        f"{len(rows['validation'])} of the others, evenly spread, so that each class has its share."
    ]
    cut = int((data.lengths > exp.timesteps).sum())
    if cut:
        side = "first" if exp.padding == "pre" else "last"
        said.append(
            f"{cut} of {data.num_sequences} sequences are longer than {exp.timesteps} timesteps and lose their "
            f"{side} ones; the longest has {int(data.lengths.max())}."
        )
    hidden = num_masked_steps(scaled, exp.pad_value)
    if hidden:
        said.append(
            f"{hidden} timesteps of the data equal the padding value {exp.pad_value} in all features."
        )
    if scaler.constant:
        said.append(f"Constant in the rows that the scaler saw: {', '.join(scaler.constant)}.")
    if exp.scaler_fit == "all" and exp.scaling != "none":
        said.append("The scaler has seen the validation and test sequences too: that is a leak.")
    return said
