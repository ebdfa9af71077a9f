"""The order of the rows inside windows: newest first, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.named import Named
from lstm_course.doctor.own_rows import SOME, columns_of
from lstm_course.doctor.relations import FEW, neighbours_alike, numeric, slides
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]


def turned_round(line: int, x: Any, y: Any) -> Told | None:
    """Say that every window holds its newest row first.

    >>> rows = np.random.default_rng(0).normal(size=80)
    >>> x = np.lib.stride_tricks.sliding_window_view(rows, 6)[:-1, ::-1, None]
    >>> turned_round(4, x, rows[6:]).kind, turned_round(4, x[:, ::-1], rows[6:])
    ('windows-turned-round', None)
    """
    inputs, labels = numeric(x), numeric(y)
    if inputs is None or labels is None or inputs.ndim != 3 or inputs.shape[1] < 3 or len(inputs) < SOME:
        return None
    if len(labels) != len(inputs) or len(np.unique(inputs[:50])) < FEW:
        return None
    some = inputs[:500]
    back = np.array_equal(some[1:, 1:], some[:-1, :-1]) and not np.array_equal(some[1:, :-1], some[:-1, 1:])
    first = labels.reshape(len(labels), -1)[: len(some) - 1, 0]
    newest = [
        feature for feature in range(min(inputs.shape[2], 16)) if np.allclose(first, some[1:, 0, feature])
    ]
    if not back or not newest:
        return None
    return Told("windows-turned-round", line, (
        f"Timestep 0 of every window is its newest row, timestep {inputs.shape[1] - 1} its oldest: the label follows "
        "on "
        "timestep 0. A recurrent layer begins with timestep 0, so what is nearest to the forecast lies farthest back "
        "in its memory."
    ))  # fmt: skip


def shuffled_before_cut(line: int, x: Any, history: Sequence[Named]) -> Told | None:
    """Say that windows were cut from rows that had lost their order.

    >>> wave = np.sin(np.arange(300) / 9)
    >>> mixed = np.random.default_rng(0).permutation(wave)
    >>> windows = np.lib.stride_tricks.sliding_window_view(mixed, 6)[..., None]
    >>> shuffled_before_cut(5, windows, [Named("wave", 1, wave), Named("mixed", 2, mixed)]).kind
    'rows-shuffled'
    """
    inputs = numeric(x)
    if inputs is None or inputs.ndim != 3 or inputs.shape[1] < 3 or len(inputs) < 3 * SOME:
        return None
    if not slides(inputs):
        return None
    series = inputs[:2_000, 0, 0].astype(float)
    in_windows = _persistence(series)
    if in_windows > 0.3:
        return None
    for column in columns_of(history):
        in_rows = _persistence(column.astype(float)) if len(column) >= len(series) else 0.0
        if in_rows > 0.6:
            values = np.isin(series.astype(np.float32), column.astype(np.float32)).mean()
            if values > 0.98 and len(np.unique(column)) > 3 * SOME:
                return Told("rows-shuffled", line, (
                    f"The windows hold the rows of a series in which each row is like the one before it (correlation "
                    f"{in_rows:.2f}), but in X neighbouring timesteps have nothing to do "
                    f"with each other ({in_windows:.2f}): the rows were shuffled before windows were cut."
                ))  # fmt: skip
    return None


def _persistence(series: Array) -> float:
    """Correlate each row with the next; 0 where nothing changes."""
    return neighbours_alike(series[1:], series[:-1]) or 0.0
