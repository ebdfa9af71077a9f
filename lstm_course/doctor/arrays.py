"""Look at an array once: its shape, its values, its columns, its padding, its overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.seen import ArraySeen, Column, Padding

Array = npt.NDArray[Any]
MAX_NUMBERS = 4_000_000  # more than this is judged by evenly spaced samples
MAX_COLUMNS = 128
MAX_SAMPLES = 400  # samples that are compared with one another


def look_at(value: Any, name: str = "") -> ArraySeen | None:
    """Describe an array, a table, a tensor or a list of numbers; None for anything else.

    >>> look_at(np.zeros((4, 3, 1))).shape
    (4, 3, 1)
    """
    if value is None or isinstance(value, str | bytes | dict):
        return None
    kind = _kind(value)
    if kind == "list":
        return _look_at_list(value, name)
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, NotImplementedError, RuntimeError):
        return _ragged(value, name)
    return look_at_array(array, name, kind)


def look_at_array(array: Array, name: str = "", kind: str = "array") -> ArraySeen | None:
    """Describe a NumPy array."""
    shape = tuple(int(size) for size in array.shape)
    if array.dtype == object:
        return _objects(array, name)
    if array.dtype.kind in "USMm":
        return ArraySeen(shape, str(array.dtype), "text", name)
    if array.dtype.kind not in "biufc" and "float" not in str(array.dtype):
        return ArraySeen(shape, str(array.dtype), "other", name)
    if array.size == 0:
        return ArraySeen(shape, str(array.dtype), kind, name)
    return _numbers(array, shape, name, kind)


def _numbers(array: Array, shape: tuple[int, ...], name: str, kind: str) -> ArraySeen:
    part = _thinned(array)
    numbers = part.astype(np.float64).real
    finite = numbers[np.isfinite(numbers)]
    some = finite if finite.size else np.zeros(1)
    unique = np.unique(some[:200_000])
    return ArraySeen(
        shape, str(array.dtype), kind, name,
        num_nan=int(np.isnan(numbers).sum()), num_inf=int(np.isinf(numbers).sum()),
        num_zero=int((numbers == 0).sum()), zero_inside=_zero_inside(numbers),
        low=float(some.min()), high=float(some.max()), mean=float(some.mean()), std=float(some.std()),
        whole=bool(np.all(some == np.round(some))), num_unique=min(len(unique), 1_000),
        values=tuple(map(float, unique)) if len(unique) <= 30 else (),
        one_hot=_one_hot(numbers), row_sums=_row_sums(numbers),
        columns=_columns(numbers), padding=_padding(numbers), shift=overlap(numbers),
        shift_last=overlap(numbers.swapaxes(1, 2)) if numbers.ndim == 3 else 0,
        repeats=_repeats(numbers),
    )  # fmt: skip


def _kind(value: Any) -> str:
    module = type(value).__module__
    if isinstance(value, np.ndarray):
        return "array"
    if module.startswith("pandas"):
        return "table"
    if "RaggedTensor" in type(value).__name__:
        return "ragged"
    return "list" if isinstance(value, list | tuple) else "tensor"


def _look_at_list(value: Sequence[Any], name: str) -> ArraySeen | None:
    if not value or callable(value[0]):
        return None
    if all(isinstance(item, str) for item in value[:50]):
        return ArraySeen((len(value),), "str", "text", name)
    try:
        array = np.asarray(value)
    except ValueError:
        return _ragged(value, name)
    return look_at_array(array, name, "list")


def _ragged(value: Any, name: str) -> ArraySeen | None:
    try:
        lengths = tuple(len(item) for item in list(value)[:8])
        count = len(value)
    except TypeError:
        return None
    return ArraySeen((count,), "object", "ragged", name, lengths=lengths)


def _objects(array: Array, name: str) -> ArraySeen:
    items = list(array.ravel()[:50])
    lengths = tuple(
        size for item in items if not isinstance(item, str) and (size := _length(item)) is not None
    )
    inner = tuple(np.shape(items[0])) if lengths and len(set(lengths)) == 1 else ()
    kind = "ragged" if lengths else "object"
    if any(isinstance(item, str) for item in items):
        kind = "text"
    return ArraySeen(tuple(array.shape), "object", kind, name, lengths=lengths[:8], inner=inner)


def _length(item: Any) -> int | None:
    try:
        return len(item)
    except TypeError:  # it has none, or does not know it
        return None


def _thinned(array: Array) -> Array:
    if array.size <= MAX_NUMBERS or array.ndim == 0:
        return array
    return array[:: -(-array.size // MAX_NUMBERS)]


def _one_hot(numbers: Array) -> bool:
    if numbers.ndim < 2 or numbers.shape[-1] < 2:
        return False
    part = numbers[:MAX_SAMPLES]
    return bool(np.all((part == 0) | (part == 1)) and np.all(part.sum(axis=-1) == 1))


def _row_sums(numbers: Array) -> tuple[float, float] | None:
    if numbers.ndim < 2 or numbers.shape[-1] < 2:
        return None
    sums = numbers[:MAX_SAMPLES].sum(axis=-1)
    return (float(sums.min()), float(sums.max()))


def _columns(numbers: Array) -> tuple[Column, ...]:
    if numbers.ndim < 1:
        return ()
    table = numbers.reshape(-1, numbers.shape[-1] if numbers.ndim > 1 else 1)
    return tuple(_column(table[:, index]) for index in range(min(table.shape[1], MAX_COLUMNS)))


def _column(values: Array) -> Column:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return Column(0.0, 0.0, 0.0, 0.0, int(values.size), 0)
    few = min(len(np.unique(finite[:2_000])), 50)
    return Column(
        float(finite.min()), float(finite.max()), float(finite.mean()), float(finite.std()),
        int(np.isnan(values).sum()), few,
    )  # fmt: skip


def overlap(numbers: Array) -> int:
    """Give the rows by which each sample is ahead of the one before, as windows are; 0 where it is not so.

    >>> overlap(np.lib.stride_tricks.sliding_window_view(np.arange(9.0) ** 1.5, 4)[::2, :, None])
    2
    """
    if numbers.ndim not in (2, 3) or numbers.shape[0] < 3 or numbers.shape[1] < 2:
        return 0
    part = numbers[:MAX_SAMPLES]
    if np.all(part == part.flat[0]):
        return 0
    for stride in range(1, numbers.shape[1]):
        if np.array_equal(part[1:3, :-stride], part[:2, stride:]):
            agree = np.mean(np.all(part[1:, :-stride] == part[:-1, stride:], axis=tuple(range(1, part.ndim))))
            if agree > 0.9:
                return stride
    return 0


def _padding(numbers: Array) -> Padding | None:
    """Find the value that fills whole timesteps at the ends of samples of unequal length."""
    if numbers.ndim not in (2, 3) or numbers.shape[1] < 2 or numbers.shape[0] < 2:
        return None
    part = numbers[:MAX_SAMPLES] if numbers.ndim == 3 else numbers[:MAX_SAMPLES, :, None]
    found = [_padding_of(np.all(part == row, axis=-1), row) for row in _candidates(part)]
    return max((one for one in found if one), key=lambda one: one[0], default=(0, None))[1]


def _candidates(part: Array) -> list[Array]:
    """Give the timesteps that most often begin or end a sample."""
    ends = np.concatenate([part[:, 0], part[:, -1]])
    ends = ends[np.isfinite(ends).all(axis=1)]
    rows, counts = np.unique(ends, axis=0, return_counts=True)
    even = (rows == rows[:, :1]).all(axis=1)
    most = np.argsort(-counts, kind="stable")
    return [rows[place] for kind in (even, ~even) for place in most[kind[most]][:3]]


def _padding_of(filled: Array, row: Array) -> tuple[int, Padding] | None:
    lead = np.cumprod(filled, axis=1).sum(axis=1)
    trail = np.cumprod(filled[:, ::-1], axis=1).sum(axis=1)
    whole = lead == filled.shape[1]
    before, after = (lead > 0) & ~whole, (trail > 0) & ~whole
    runs = np.concatenate([lead[before], trail[after]])
    if not len(runs) or len(np.unique(runs)) < 2 or runs.max() < 2:
        return None
    inside = (filled.sum(axis=1) > lead + trail) & ~whole
    counts = (int(before.sum()), int(after.sum()), int(inside.sum()), len(filled), int(whole.sum()))
    return int(runs.sum()), Padding(
        float(row[0]), *counts, row=() if (row == row[0]).all() else tuple(map(float, row))
    )


def _zero_inside(numbers: Array) -> int:
    """Count the samples that hold a 0 with other numbers before and after it.

    >>> _zero_inside(np.array([[3, 0, 2], [1, 2, 0], [0, 1, 2]]))
    1
    """
    if numbers.ndim != 2 or numbers.shape[1] < 3:
        return 0
    filled = numbers[:MAX_SAMPLES] != 0
    before = np.maximum.accumulate(filled, axis=1)
    after = np.maximum.accumulate(filled[:, ::-1], axis=1)[:, ::-1]
    return int((~filled & before & after).any(axis=1).sum())


def _repeats(numbers: Array) -> bool:
    if numbers.ndim < 2 or numbers.shape[0] < 3:
        return False
    part = numbers[:MAX_SAMPLES]
    return bool(np.all(part == part[:1]))
