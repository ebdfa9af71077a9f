"""The table and the chosen window, boiled down to what fits on a drawing, whatever their size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lstm_course.data import Prepared, Sequences, Series

MAX_LINES = 3  # columns that are drawn; the others are named
NUM_BUCKETS = 130  # places along a line; each holds at most two points, so that a line has 260 at most
BAND_BUCKETS = 90  # places along a band, each with two points
DENSE = 6  # rows in a place from which a line would be a zigzag that is not in the data


@dataclass(frozen=True, eq=False)
class Line:
    """One column over time."""

    name: str  # name of the column
    points: tuple[tuple[float, float], ...]  # (place from 0 to 1, height from 0 to 1)
    low: float  # least value, original units
    high: float  # greatest value, original units
    is_target: bool  # whether it is to be forecast
    is_band: bool = False  # whether the points go round the area between the least and the greatest values


@dataclass(frozen=True)
class PartSpan:
    """One part of the split along the rows."""

    name: str  # "train", "validation" or "test"
    start: float  # place from 0 to 1
    stop: float  # place from 0 to 1
    num_rows: int  # rows in it


@dataclass(frozen=True)
class RowsView:
    """The table as one picture."""

    num_rows: int  # rows
    lines: tuple[Line, ...]  # the columns that are drawn
    num_others: int  # columns in use that are not drawn
    parts: tuple[PartSpan, ...]  # training, validation, test
    window: tuple[float, float] | None  # first and last place of the chosen window, from 0 to 1
    label: tuple[float, float] | None  # first and last place of its label
    num_sequences: int = 0  # sequences of the training part
    lengths: tuple[int, ...] = ()  # lengths of a few of them, the chosen one first
    sequence_classes: tuple[str, ...] = ()  # sequences: their classes
    scale: tuple[
        tuple[float, float], ...
    ] = ()  # first column: (original, scaled) of its least, greatest and zero


@dataclass(frozen=True)
class WindowView:
    """The chosen window and its label."""

    number: int  # sample of the training part, from 0
    inputs: NDArray[np.floating]  # (timesteps, features), scaled
    label: NDArray[np.generic]  # label of the sample, scaled, or a class
    truth: NDArray[np.generic]  # the same in original units
    first_row: int  # row of the first timestep, or number of the sequence
    label_rows: tuple[int, int]  # first and last row of the label
    padded: tuple[bool, ...]  # for each timestep whether it is padding
    feature_names: tuple[str, ...]  # names of the features
    target_names: tuple[str, ...]  # names of the targets
    class_names: tuple[str, ...]  # names of the classes; empty unless labels are classes
    unscale: tuple[float, float] | None  # offset and scale of the first target; None for classes


def window_view(prepared: Prepared, number: int) -> WindowView | None:
    """Pick one training sample; the last one where `number` is beyond."""
    samples = prepared.X["train"]
    if not len(samples):
        return None
    number = max(0, min(number, len(samples) - 1))
    inputs = np.asarray(samples[number])  # (timesteps, features)
    rows = prepared.label_rows["train"][number]
    exp = prepared.experiment
    blank = (
        np.all(inputs == exp.pad_value, axis=1)
        if isinstance(prepared.source, Sequences)
        else np.zeros(len(inputs))
    )
    return WindowView(
        number=number, inputs=inputs, label=np.asarray(prepared.y["train"][number]),
        truth=_truth(prepared, number), first_row=int(prepared.rows["train"][number]),
        label_rows=(int(rows[0]), int(rows[-1])), padded=tuple(bool(value) for value in blank),
        feature_names=prepared.feature_names, target_names=prepared.target_names, class_names=prepared.class_names,
        unscale=(float(prepared.target_scaler.offset[0]), float(prepared.target_scaler.scale[0]))
        if prepared.target_scaler is not None else None,
    )  # fmt: skip


def _truth(prepared: Prepared, number: int) -> NDArray[np.generic]:
    rows = prepared.label_rows["train"][number]
    values = prepared.targets[rows]  # (labels, targets)
    return np.asarray(
        values.reshape(np.shape(prepared.y["train"][number])) if not prepared.class_names else values[0]
    )


def rows_view(prepared: Prepared, window: WindowView | None) -> RowsView:
    """Boil the table down to a picture; the cost of a table is paid once, and not again for the next picture.

    Args:
        prepared: the rows and their split.
        window: the chosen window; None where none fits.
    """
    source = prepared.source
    if isinstance(source, Sequences):
        return _sequences(prepared, source, window)
    names = list(dict.fromkeys((*prepared.target_names, *prepared.feature_names)))
    drawn = [name for name in names if name in source.numeric_columns][:MAX_LINES]
    lines = tuple(_line(source, name, name in prepared.target_names) for name in drawn)
    rows, last = source.num_rows, max(source.num_rows - 1, 1)
    return RowsView(
        num_rows=rows, lines=lines, num_others=len(names) - len(drawn),
        parts=tuple(PartSpan(part.name, part.start / last, (part.stop - 1) / last, part.num_rows)
                    for part in prepared.parts or () if part.num_rows),
        window=_span(window.first_row, window.first_row + prepared.experiment.timesteps - 1, last) if window else None,
        label=_span(*window.label_rows, last) if window else None,
        scale=_scale(prepared, drawn),
    )  # fmt: skip


def _scale(prepared: Prepared, drawn: list[str]) -> tuple[tuple[float, float], ...]:
    known = [name for name in drawn if name in prepared.scaler.columns]
    if not known or not isinstance(prepared.source, Series):
        return ()
    line = _line(prepared.source, known[0], True)
    part = prepared.scaler.select(known[0])
    offset, scale = float(part.offset[0]), float(part.scale[0])
    ends = ((value, (value - offset) / scale) for value in (line.low, line.high))
    return (*ends, (offset, 0.0))


def _span(first: int, stop: int, last: int) -> tuple[float, float]:
    return first / last, stop / last


@lru_cache(maxsize=64)
def _line(series: Series, name: str, is_target: bool) -> Line:
    values = series.values([name])[:, 0]  # (rows,)
    if np.isfinite(values).sum() >= DENSE * NUM_BUCKETS:
        points, low, high = band(values, BAND_BUCKETS)
        return Line(name, points, low, high, is_target, is_band=True)
    places, heights, low, high = thinned(values)
    return Line(name, tuple(zip(places, heights, strict=True)), low, high, is_target)


def band(values: NDArray[np.floating], buckets: int) -> tuple[tuple[tuple[float, float], ...], float, float]:
    """Go along the greatest value of each bucket and back along the least, scaled to 0 … 1.

    Returns:
        The points of the way round, and the least and greatest value.

    >>> points, low, high = band(np.array([0.0, 5.0, 10.0, 5.0]), 2)
    >>> [(round(place, 2), height) for place, height in points], low, high
    ([(0.17, 0.5), (0.83, 1.0), (0.83, 0.5), (0.17, 0.0)], 0.0, 10.0)
    """
    rows = np.flatnonzero(np.isfinite(values))
    starts = np.linspace(0, len(rows), buckets + 1).astype(np.int64)
    seen = values[rows]
    most, least = np.maximum.reduceat(seen, starts[:-1]), np.minimum.reduceat(seen, starts[:-1])
    middles = (rows[starts[:-1]] + rows[starts[1:] - 1]) / 2 / (len(values) - 1)
    low, high = float(least.min()), float(most.max())
    scale = high - low or 1.0
    above, below = ((most - low) / scale).tolist(), ((least - low) / scale).tolist()
    places = middles.tolist()
    return (*zip(places, above, strict=True), *zip(places[::-1], below[::-1], strict=True)), low, high


def thinned(values: NDArray[np.floating]) -> tuple[list[float], list[float], float, float]:
    """Keep the least and the greatest value of each bucket, both scaled to 0 … 1.

    Returns:
        Places, heights, and the least and greatest value.

    >>> thinned(np.array([0.0, 5.0, 10.0]))
    ([0.0, 0.5, 1.0], [0.0, 0.5, 1.0], 0.0, 10.0)
    """
    rows = np.flatnonzero(np.isfinite(values))
    if not len(rows):
        return [], [], 0.0, 0.0
    if len(rows) > 2 * NUM_BUCKETS:
        borders = np.linspace(0, len(rows), NUM_BUCKETS + 1).astype(np.int64)
        starts, seen = borders[:-1], values[rows]
        least = [
            int(start + seen[start:stop].argmin()) for start, stop in zip(starts, borders[1:], strict=True)
        ]
        most = [
            int(start + seen[start:stop].argmax()) for start, stop in zip(starts, borders[1:], strict=True)
        ]
        rows = rows[sorted({*least, *most})]
    kept = values[rows]
    low, high = float(kept.min()), float(kept.max())
    heights = (kept - low) / (high - low) if high > low else np.full(len(kept), 0.5)
    return (rows / max(len(values) - 1, 1)).tolist(), heights.tolist(), low, high


def _sequences(prepared: Prepared, source: Sequences, window: WindowView | None) -> RowsView:
    known = prepared.rows["train"]
    few = known[np.linspace(0, len(known) - 1, min(6, len(known))).astype(np.int64)].tolist()
    if window is not None:  # the chosen one first
        few = list(dict.fromkeys((window.first_row, *few)))[: max(len(few), 1)]
    return RowsView(
        num_rows=int(source.lengths.sum()), lines=(), num_others=len(prepared.feature_names), parts=(),
        window=None, label=None, num_sequences=len(known),
        lengths=tuple(int(source.lengths[place]) for place in few),
        sequence_classes=tuple(source.class_names[source.labels[place]] for place in few),
    )  # fmt: skip
