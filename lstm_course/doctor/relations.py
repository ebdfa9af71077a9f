"""What arrays say about one another: labels in or ahead of their windows, reshapes that mix axes, samples in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.leaks import Leak, label_leaks
from lstm_course.doctor.named import Named

Array = npt.NDArray[Any]
FEW = 12  # fewer different values are classes or counts, not a scaled measurement
MAX_COMPARED = 200  # samples that are compared step by step


def numeric(value: Any) -> Array | None:
    """Give a value as an array of numbers with one axis or more, or None.

    >>> numeric([1, 2]), numeric(0.5), numeric("text")
    (array([1, 2]), None, None)
    """
    if value is None:
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, NotImplementedError, RuntimeError):
        return None
    return array if array.dtype.kind in "fiu" and array.ndim and array.size else None


def counted(labels: Any) -> Array | None:
    """Give an array of labels as floats, True and False as 1 and 0; None for anything else."""
    known = isinstance(labels, np.ndarray) and labels.dtype.kind in "fiub" and labels.ndim and labels.size
    return labels.astype(float) if known else None


def starts(whole: Array, part: Array) -> Iterator[int]:
    """Give the rows at which an array begins to hold the rows of another, number for number.

    >>> list(starts(np.array([1, 2, 1, 2, 3]), np.array([1, 2])))
    [0, 2]
    """
    if not 0 < len(part) <= len(whole):
        return
    places = whole[: len(whole) - len(part) + 1] == part[0]
    for row in np.flatnonzero(places.reshape(len(places), -1).all(axis=1)):
        if np.array_equal(whole[row : row + len(part)], part):
            yield int(row)


def slides(inputs: Array) -> bool:
    """Whether each of the first windows holds the rows of the one before, moved by one."""
    return bool(np.array_equal(inputs[1:50, :-1], inputs[:49, 1:]))


def neighbours_alike(before: Array, after: Array) -> float | None:
    """Correlate numbers with their neighbours; None where nothing changes, or something is no number."""
    a, b = before.reshape(-1), after.reshape(-1)
    if not (np.isfinite(a).all() and np.isfinite(b).all()) or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def alignment(x: Any, y: Any, shuffled: bool = False, earlier: Sequence[Named] = ()) -> dict[str, str]:
    """Say where labels stand relative to their windows, and whether a reshape mixed axes."""
    inputs, labels = numeric(x), numeric(y)
    if inputs is None:
        return {}
    found = {"scrambled": scrambled(inputs, earlier) or scrambled_before(inputs, earlier)}
    if labels is None or inputs.ndim != 3 or len(inputs) != len(labels) or len(inputs) < 8:
        return found
    if labels.size != len(labels) or len(np.unique(labels)) < FEW:
        return found
    leak = label_leaks(inputs.astype(float), labels.astype(float))
    if leak and (not leak.rescaled or _stands_out(inputs, labels, leak)):
        return found | {"leak": leak.sentence(inputs.shape[1])}
    return found | {"late": "" if shuffled else late(inputs, labels)}


def _stands_out(inputs: Array, labels: Array, leak: Leak) -> bool:
    """Whether a label on another scale is at its place alone: in a straight line every row is like every other."""
    column = inputs[:, :, leak.feature].astype(float)
    goal = labels.reshape(-1).astype(float)
    if column.shape[1] < 3 or not np.ptp(goal) > 0:
        return False
    others = [
        step for step in range(column.shape[1]) if step != leak.timestep and np.ptp(column[:, step]) > 0
    ]
    return bool(others) and all(abs(np.corrcoef(column[:, step], goal)[0, 1]) < 0.9999 for step in others)


def late(inputs: Array, labels: Array) -> str:
    """Say by how many rows the label lies behind the end of its window, where it is more than the next.

    >>> rows = np.arange(40.0) ** 1.3
    >>> x = np.lib.stride_tricks.sliding_window_view(rows, 4)[:, :, None]
    >>> late(x[:-1], x[1:, -1]), late(x[:-3], x[3:, -1])
    ('', '3')
    """
    flat = labels.reshape(-1)
    if any(np.array_equal(flat[:-1], inputs[1:, -1, feature]) for feature in range(min(inputs.shape[2], 64))):
        return ""
    for ahead in range(2, min(6, len(flat) // 2)):
        for feature in range(min(inputs.shape[2], 16)):
            if np.array_equal(flat[:-ahead], inputs[ahead:, -1, feature]):
                return str(ahead)
    return ""


def scrambled(inputs: Array, earlier: Sequence[Named] = ()) -> str:
    """Say when a reshape took the place of a transpose, judged by the array that the numbers come from.

    Args:
        inputs: what the network is given, of shape (samples, timesteps, features).
        earlier: arrays that the program named before.

    >>> table = np.arange(60.0).reshape(5, 3, 4).copy()
    >>> scrambled(table.reshape(5, 4, 3))[:22], scrambled(table.transpose(0, 2, 1))
    ('(5, 3, 4) was reshaped', '')
    """
    if inputs.ndim != 3 or not inputs.flags.c_contiguous:
        return ""
    same = [one.array for one in earlier if one.array.size == inputs.size and one.array.shape != inputs.shape]
    base = inputs.base if isinstance(inputs.base, np.ndarray) and inputs.base.flags.c_contiguous else None
    flat = inputs.reshape(-1).astype(np.float32)
    sources = [base, *(one for one in same if np.array_equal(one.reshape(-1).astype(np.float32), flat))]
    found = [_mixed(one.shape, inputs.shape) for one in sources if isinstance(one, np.ndarray)]
    return next((sentence for sentence in found if sentence), "")


def scrambled_before(inputs: Array, earlier: Sequence[Named]) -> str:
    """Say when an array of the same sample shape was reshaped so before, whatever was done to it since.

    >>> table = np.arange(60.0).reshape(5, 3, 4).copy()
    >>> history = [Named("a", 1, table), Named("b", 2, table.reshape(5, 4, 3))]
    >>> scrambled_before(table.reshape(5, 4, 3)[:4] / 2, history)[:22]
    '(5, 3, 4) was reshaped'
    """
    for place, one in enumerate(earlier):
        if one.array.ndim == inputs.ndim == 3 and one.array.shape[1:] == inputs.shape[1:]:
            sentence = scrambled(one.array, earlier[:place]) if len(one.array) >= len(inputs) else ""
            sentence = sentence or lags_by_feature(one.array)
            if sentence:
                return sentence
    return lags_by_feature(inputs)


def lags_by_feature(inputs: Array) -> str:
    """Say when lag columns that stood feature by feature were reshaped as if they stood timestep by timestep.

    >>> rows = np.random.default_rng(0).normal(size=(30, 2))
    >>> table = np.stack([np.concatenate([rows[i : i + 4, 0], rows[i : i + 4, 1]]) for i in range(20)])
    >>> lags_by_feature(table.reshape(-1, 4, 2))[:40], lags_by_feature(table.reshape(-1, 2, 4).swapaxes(1, 2))
    ('a table with 4 lags of one column behind', '')
    """
    if inputs.ndim != 3 or inputs.shape[1] < 3 or inputs.shape[2] < 2 or len(inputs) < FEW:
        return ""
    some = np.ascontiguousarray(inputs[:200])
    by_feature = some.reshape(len(some), inputs.shape[2], inputs.shape[1])
    if np.array_equal(some[1:, :-1], some[:-1, 1:]) or np.ptp(some) == 0:
        return ""
    if not np.array_equal(by_feature[1:, :, :-1], by_feature[:-1, :, 1:]):
        return ""
    steps, features = inputs.shape[1:]
    return (
        f"a table with {steps} lags of one column behind {steps} lags of the other was reshaped to (samples, {steps}, "
        f"{features}): each timestep holds {features} lags of the same column; wanted: X.reshape(-1, {features}, "
        f"{steps}).swapaxes(1, 2)"
    )


def _mixed(before: tuple[int, ...], after: tuple[int, ...]) -> str:
    samples, steps, features = after
    if (
        len(before) == 3
        and before[1:] == (features, steps)
        and steps != features
        and min(steps, features) > 1
    ):
        return (
            f"{before} was reshaped to {after}: reshape keeps the order of the numbers, so each timestep now "
            "mixes "
            f"{features} neighbouring values of one row instead of holding one value of each."
        )
    if len(before) == 2 and before[0] == features and before[0] > 1 and before[1] >= samples * steps > 1:
        return (
            f"{before} ({features} rows of {before[1]} values) was reshaped to {after}: the {features} "
            "features of "
            "a timestep are now neighbours in time of one row."
        )
    return ""


def steps_ahead(inputs: Sequence[Any], labels: Any) -> tuple[int | None, ...]:
    """Give for each input by how many timesteps the labels run ahead of it; None where they are not its values.

    -1: the label of a timestep stood in the input one timestep before.

    >>> rows = np.arange(40.0).reshape(4, 10) ** 1.1
    >>> steps_ahead([rows[:, :-1], rows[:, 1:]], rows[:, 1:])
    (1, 0)
    """
    y = numeric(labels)
    return tuple(_ahead(numeric(x), y) for x in inputs)


def _ahead(x: Array | None, y: Array | None) -> int | None:
    if x is None or y is None or x.ndim < 2 or y.ndim < 2 or x.shape[:2] != y.shape[:2] or x.shape[1] < 4:
        return None
    x, y = _values(x[:MAX_COMPARED]), _values(y[:MAX_COMPARED])  # (samples, timesteps, features)
    if len(np.unique(y)) < 2:
        return None
    for ahead in range(min(6, x.shape[1] - 2)):
        later = x[:, ahead:]
        pairs = [(later, y)] if x.shape == y.shape else [
            (later[..., index : index + 1], y) for index in range(x.shape[2]) if y.shape[2] == 1
        ]  # fmt: skip
        if any(np.array_equal(part, whole[:, : part.shape[1]]) for part, whole in pairs):
            return ahead
    if x.shape == y.shape and np.array_equal(x[:, :-1], y[:, 1:]):
        return -1
    return None


def _values(array: Array) -> Array:
    """Give every timestep its axis of features; one-hot rows become their numbers."""
    deep = array.reshape(*array.shape[:2], -1)
    one_hot = deep.shape[2] > 1 and np.isin(deep, (0, 1)).all() and (deep.sum(axis=2) == 1).all()
    return deep.argmax(axis=2)[..., None] if one_hot else deep


def in_series(x: Any, y: Any, history: Sequence[Named]) -> bool:
    """Whether each sample goes on where the one before it ends, all along one series.

    The labels tell (the label of a sample is the first value of the next), or a named table of rows that holds
    the samples one after the other.

    >>> rows = np.sin(np.arange(65.0) ** 1.1)
    >>> in_series(rows[:64].reshape(16, 4, 1), rows[4::4], [])
    True
    """
    inputs, labels = numeric(x), numeric(y)
    if inputs is None or inputs.ndim != 3 or len(inputs) < FEW or len(np.unique(inputs[:50])) < FEW:
        return False
    if labels is not None and len(labels) == len(inputs):
        last = labels.reshape(len(labels), -1)[:, -1]
        if any(np.array_equal(last[:-1], inputs[1:, 0, index]) for index in range(min(inputs.shape[2], 16))):
            return True
    rows = inputs.reshape(-1, inputs.shape[2])
    tables = [one.array for one in history if one.array.ndim <= 2 and len(one.array) >= len(rows)]
    return inputs.shape[1] > 1 and any(_begins_with(table, rows) for table in tables)


def _begins_with(table: Array, rows: Array) -> bool:
    deep = table.reshape(len(table), -1)
    return deep.shape[1] == rows.shape[1] and np.array_equal(deep[: len(rows)], rows)
