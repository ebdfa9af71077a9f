"""Whether what a network is asked was scaled as often as what it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.mixed import line_through
from lstm_course.doctor.named import Named
from lstm_course.doctor.own_rows import columns_of
from lstm_course.doctor.relations import numeric
from lstm_course.doctor.rows import follows, windows_of
from lstm_course.doctor.seen import ScalingSeen

Array = npt.NDArray[Any]
MAX_ASKED = 3  # calls that are looked at
Line = tuple[float, float]  # factor and shift


def scaled_otherwise(trained: Any, asked: Sequence[Any], history: Sequence[Named]) -> list[ScalingSeen]:
    """Say that the rows of a test were not scaled as those of the training were, or twice.

    Args:
        trained: windows of the training.
        asked: windows that predict and evaluate were given.
        history: arrays that the program named.
    """
    columns = columns_of(history)
    first = next(iter(windows_of(trained)), None)
    if first is None:
        return []
    measured = [
        (column, line) for column in columns
        if (line := _scale(column, *first)) is not None and not _stands_in(first[0], column)
    ]  # fmt: skip
    for other in asked[:MAX_ASKED]:
        windows, series = numeric(other), next(iter(windows_of(other)), None)
        if windows is None or series is None:
            continue
        as_measured = [line for column, line in measured if _stands_in(series[0], column)]
        if as_measured:
            return [_unscaled(as_measured[0], windows)]
        found = [line for column in columns if (line := _scale(column, *series)) is not None]
        if any(_squared(one, line) for _, one in measured for line in found):
            return [_twice(measured[0][1], windows)]
    return []


def _scale(column: Array, series: Array, stride: int) -> Line | None:
    """Give factor and shift from a column to the series that windows were cut from; None where it is no source."""
    if column.dtype.kind not in "fiu" or not np.isfinite(column).all():
        return None
    start = follows(column, series, stride)
    if start is None:
        return None
    piece = column[start : start + (len(series) - 1) * stride + 1 : stride]
    line = line_through(piece, series)
    return None if line is None or _same(line, (1.0, 0.0)) else line


def _stands_in(series: Array, column: Array) -> bool:
    return bool(np.isin(series.astype(np.float32), column.astype(np.float32)).all())


def _same(one: Line, other: Line) -> bool:
    return bool(np.allclose(one, other, rtol=1e-3, atol=1e-6))


def _squared(one: Line, twice: Line) -> bool:
    """Whether a line is another one, followed by itself."""
    return _same((one[0] ** 2, one[0] * one[1] + one[1]), twice)


def _unscaled(line: Line, asked: Array) -> ScalingSeen:
    return ScalingSeen(
        "test-not-scaled",
        f"The rows of the training were scaled (times {line[0]:.4g}, plus {line[1]:.4g}); those that the network is "
        f"asked with stand in the program as they were measured, {asked.min():.4g} to {asked.max():.4g}.",
        "wrong-result",
        "Scale the test with the figures of the training: test = (test - low) / (high - low), with the same low and "
        "high; scaler.transform(test), not fit_transform.",
    )  # fmt: skip


def _twice(line: Line, asked: Array) -> ScalingSeen:
    return ScalingSeen(
        "scaled-twice",
        f"The rows of the training were scaled once (times {line[0]:.4g}, plus {line[1]:.4g}); those that the network "
        f"is asked with went through the same scaling twice and run from {asked.min():.4g} to {asked.max():.4g}.",
        "wrong-result",
        "Scale each row once: keep the measured rows under a name of their own, and scale from those.",
    )  # fmt: skip
