"""Where the numbers of a window come from: the row of the table, its date, its value before scaling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_course.data import Prepared, Sequences


@dataclass(frozen=True, eq=False)
class Origin:
    """The rows behind one window, for each entry of (timesteps, features)."""

    names: tuple[str, ...]  # for each feature the column that it comes from
    rows: NDArray[np.int64]  # (timesteps, features), row of the table from 0; -1 for padding
    times: NDArray[np.str_]  # (timesteps, features), time of the row; empty where rows have none
    originals: NDArray[np.float64]  # (timesteps, features), before scaling
    offset: NDArray[np.float64]  # (features,), what scaling subtracts
    scale: NDArray[np.float64]  # (features,), what scaling divides by

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """For each timestep the time of its row."""
        return tuple(self.times[:, -1].tolist())


def origin_of(prepared: Prepared, number: int, part: str = "train") -> Origin:
    """Trace the entries of one window back to the table.

    Args:
        prepared: the experiment's arrays.
        number: which sample of the part.
        part: "train", "validation" or "test".

    Raises:
        ValueError: the part has no such sample.
    """
    samples = prepared.X[part]
    if not 0 <= number < len(samples):
        raise ValueError(
            f"Got sample {number} of {part}, expected 0 to {len(samples) - 1}. Choose one of its samples."
        )
    timesteps, width = samples.shape[1:]
    num_columns = len(prepared.feature_names)
    column = np.tile(np.arange(width) % num_columns, (timesteps, 1))  # (timesteps, width)
    offset = np.asarray(prepared.scaler.offset, dtype=np.float64)[column[0]]
    scale = np.asarray(prepared.scaler.scale, dtype=np.float64)[column[0]]
    first = int(prepared.rows[part][number])
    if isinstance(prepared.source, Sequences):
        rows, originals = _of_sequence(prepared, prepared.source, np.asarray(samples[number]), first)
        times = np.full(rows.shape, "", dtype=str)
    else:
        lag = (
            np.arange(timesteps)[:, None]
            if width == num_columns
            else np.arange(width)[None, :] // num_columns
        )
        rows = np.broadcast_to(first + lag, (timesteps, width)).astype(np.int64)
        span = prepared.source.frame.iloc[first : int(rows.max()) + 1]
        values = span[list(prepared.feature_names)].to_numpy(dtype=np.float64)  # (rows, columns)
        originals = values[rows - first, column]
        times = _times(prepared, rows, first)
    names = tuple(prepared.feature_names[k % num_columns] for k in range(width))
    return Origin(names, rows, times, originals, offset, scale)


def _times(prepared: Prepared, rows: NDArray[np.int64], first: int) -> NDArray[np.str_]:
    index = getattr(prepared.source, "times", None)
    if index is None:
        return np.full(rows.shape, "", dtype=str)
    span = index[first : int(rows.max()) + 1]
    whole_days = bool((span == span.normalize()).all())
    written = np.asarray(span.strftime("%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M"), dtype=str)
    return np.asarray(written[rows - first], dtype=str)


def _of_sequence(
    prepared: Prepared, source: Sequences, sample: NDArray[np.floating], number: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    places = [source.columns.index(name) for name in prepared.feature_names]
    values = np.asarray(source.sequences[number], dtype=np.float64)[:, places]  # (length, features)
    timesteps, length = len(sample), min(len(values), len(sample))
    begin = timesteps - length if prepared.experiment.padding == "pre" else 0
    start = len(values) - length if prepared.experiment.padding == "pre" else 0
    rows = np.full(sample.shape, -1, dtype=np.int64)
    originals = np.full(sample.shape, float(prepared.experiment.pad_value))
    rows[begin : begin + length] = np.arange(start, start + length)[:, None]
    originals[begin : begin + length] = values[start : start + length]
    return rows, originals
