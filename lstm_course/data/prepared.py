"""What an Experiment's data become: X and y of each part, and the way back to rows and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lstm_course.data.cleaning import CleaningReport
from lstm_course.data.errors import DataError
from lstm_course.data.scaling import Scaler
from lstm_course.data.series import Floats, Integers, Sequences, Series
from lstm_course.data.split import Parts
from lstm_course.experiment import Experiment

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False, kw_only=True)
class Prepared:
    """The arrays of an Experiment, by part: "train", "validation" and "test"."""

    experiment: Experiment  # what was asked for
    source: Series | Sequences  # the data after cleaning
    feature_names: tuple[str, ...]  # columns that go in
    target_names: tuple[str, ...]  # columns to forecast
    class_names: tuple[str, ...]  # names of the classes; empty unless the labels are classes
    scaler: Scaler  # scaler of the features
    target_scaler: Scaler | None  # scaler of the targets; None for classes
    X: Mapping[str, Array]  # inputs, (samples, timesteps, features), float32
    y: Mapping[str, Array]  # labels on the network's scale; their shape depends on the kind of label
    rows: Mapping[str, Integers]  # first row of each window, or the number of each sequence, (samples,)
    label_rows: Mapping[str, Integers]  # row of each label, (samples, labels of one target)
    origin_rows: Mapping[str, Integers]  # last row known when the label is forecast, shape as label_rows
    targets: Floats  # targets in original units, (rows, targets); class numbers, -1 where missing
    parts: Parts | None  # rows of each part; None for sequences
    cleaning: CleaningReport | None  # what cleaning changed; None for sequences
    num_dropped: Mapping[str, int]  # windows left out of each part because they touch a gap
    notes: tuple[str, ...]  # what a learner should know, as sentences
    scaled: Array | None = None  # features on the network's scale, (rows, features); None for sequences

    def num_samples(self, part: str) -> int:
        """Return the number of samples of a part."""
        return len(self.X[part])

    @property
    def input_shape(self) -> tuple[int, int]:
        """Timesteps and features, as the input layer is told."""
        _, timesteps, features = self.X["train"].shape
        return timesteps, features

    @property
    def label_shape(self) -> tuple[int, ...]:
        """Shape of one label, without the samples."""
        return tuple(self.y["train"].shape[1:])

    def truth(self, part: str) -> Array:
        """Return the labels of a part in original units, in the shape of y; classes as integers (samples,)."""
        if self.class_names:
            classes: Array = self.targets[self.label_rows[part][:, 0], 0]  # (samples,)
            return classes.astype(np.int64)
        values: Array = self.targets[self.label_rows[part]]  # (samples, labels, targets)
        return values.reshape(self.y[part].shape)

    def restore(self, predictions: Array) -> Array:
        """Return a network's output in original units, in its own shape; classes as integers (samples,).

        A class is the greatest of its probabilities; a single probability counts from 0.5.

        Raises:
            DataError: when the output cannot be cut into the targets.
        """
        if self.target_scaler is not None:
            return self.target_scaler.inverse(self._with_targets_last(np.asarray(predictions)))
        output = np.asarray(predictions)
        if output.shape[-1] == 1:
            return np.asarray(output[..., 0] > 0.5).astype(np.int64)
        return np.asarray(output.argmax(axis=-1), dtype=np.int64)

    def _with_targets_last(self, output: Array) -> Array:
        num_targets = len(self.target_names)
        if num_targets == 1 or output.shape[-1:] == (num_targets,):
            return output
        if output.size % (num_targets * max(len(output), 1)):
            raise DataError(
                f"The output has shape {output.shape}, which cannot be cut into {num_targets} targets "
                f"({', '.join(self.target_names)}); the head needs horizon * targets units."
            )
        return output.reshape(len(output), -1, num_targets)  # (samples, horizon, targets)

    def label_times(self, part: str) -> pd.DatetimeIndex | None:
        """Return the time of the first label of each sample; None where rows have no time."""
        times = self.source.times if isinstance(self.source, Series) else None
        return None if times is None else times[self.label_rows[part][:, 0]]
