"""Look into data sets and generators without using up what they hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

MAX_READ, MAX_JOINED = 40, 2_000_000  # batches and numbers of a data set that are read at once
MOST_DIGESTS = 8  # batches of a generator that are told apart


@dataclass(frozen=True)
class Pipeline:
    """A source of batches, with its first one."""

    kind: str  # dataset, generator or other
    again: Any  # the source, as if it had not been looked into
    x: Any  # inputs of the first batch
    y: Any  # labels of the first batch
    count: int | None  # number of batches, where it says
    last: int | None  # samples in the last batch, where it can be known
    rewinds: bool  # whether it can be read again
    weighted: bool = False  # whether the batches carry sample weights
    reshuffled: bool = False  # whether each reading has another order
    digests: list[int] = field(default_factory=list)  # what tells the first batches of a generator apart
    refused: str = ""  # what reading the first batch raised
    whole: tuple[Any, Any] | None = None  # inputs and labels of all batches, where these are few

    def shortened(self, steps: int) -> Any:
        """Give the first batches and the last one, where it is smaller."""
        if self.kind != "dataset" or not self.count or self.count <= steps + 1:
            return self.again
        first = self.again.take(steps)
        return first.concatenate(self.again.skip(self.count - 1)) if self.count <= 200 else first


def peek(value: Any) -> Pipeline | None:
    """Look at the first batch of a data set or generator; None for arrays."""
    if isinstance(value, tf.data.Dataset):
        return _dataset(value)
    if isinstance(value, keras.utils.PyDataset):
        x, y, weighted = _parts(value[0])
        return Pipeline("other", value, x, y, _num_batches(value), None, True, weighted)
    if isinstance(value, Iterator):
        try:
            first = next(value, None)
        except Exception as error:  # noqa: BLE001  the program's own, for the call that reads it
            return Pipeline("generator", _failing(error), None, None, None, None, False)
        x, y, weighted = _parts(first)
        again = itertools.chain([first], value) if first is not None else value
        digests: list[int] = []
        again = _generator(again, digests)
        return Pipeline("generator", again, x, y, None, None, False, weighted, digests=digests)
    return None


def _num_batches(value: Any) -> int | None:
    try:
        count: int | None = value.num_batches
    except NotImplementedError:  # the program left __len__ out; fit will say so
        return None
    return count


def _failing(error: Exception) -> Iterator[Any]:
    """Raise once more what reading the first batch raised."""
    yield from ()
    raise error


def _generator(items: Any, digests: list[int] | None = None) -> Iterator[Any]:
    """Hand on what a generator gives, and keep what tells its first batches apart."""
    for item in items:
        if digests is not None and len(digests) < MOST_DIGESTS:
            arrays = [part for part in arrays_of(_parts(item)[0]) if isinstance(part, np.ndarray)]
            digests.append(hash(tuple(part.tobytes() for part in arrays)))
        yield item


def _dataset(value: Any) -> Pipeline:
    count = int(value.cardinality())
    try:
        batches = list(itertools.islice(value, MAX_READ if 0 < count <= MAX_READ else 1))
    except tf.errors.OpError as error:  # the program's own, for the call that reads it
        return Pipeline("dataset", value, None, None, None, None, True, refused=str(error))
    x, y, weighted = _parts(batches[0]) if batches else (None, None, False)
    last = None
    if 0 < count <= 200:
        ends = list(itertools.islice(value.skip(count - 1), 1))
        items = arrays_of(_parts(ends[0])[0]) if ends else []
        last = len(items[0]) if items and hasattr(items[0], "shape") else None
    again = reshuffles(value)
    whole = _joined([_parts(batch)[:2] for batch in batches]) if len(batches) == count else None
    return Pipeline(
        "dataset", value, x, y, count if count > 0 else None, last, True, weighted, again, whole=whole
    )


def _joined(parts: list[tuple[Any, Any]]) -> tuple[Any, Any] | None:
    """Put batches together again, each input and label for itself; None where they differ in more than samples."""
    columns = [[np.asarray(item) for item in arrays_of(part)] for part in parts]
    shapes = [[item.shape[1:] if item.ndim else None for item in column] for column in columns]
    if not columns or any(None in one or one != shapes[0] for one in shapes):
        return None
    if sum(item.size for column in columns for item in column) > MAX_JOINED:
        return None
    joined = [np.concatenate(items) for items in zip(*columns, strict=True)]
    inputs = len(arrays_of(parts[0][0]))
    return _one_or_all(joined[:inputs]), _one_or_all(joined[inputs:])


def _one_or_all(arrays: list[Any]) -> Any:
    return arrays[0] if len(arrays) == 1 else (arrays or None)


def shuffled_apart(dataset: Any) -> bool:
    """Whether inputs and labels were shuffled each by themselves before they were paired."""
    parts = dataset._inputs() if hasattr(dataset, "_inputs") else []
    if type(dataset).__name__ == "_ZipDataset" and len(parts) > 1:
        orders = [tuple(_orders(part)) for part in parts]
        return len(set(orders)) > 1 or (bool(orders[0]) and RANDOM in orders[0])
    return any(shuffled_apart(part) for part in parts)


RANDOM = "drawn anew"


def _orders(dataset: Any) -> Iterator[Any]:
    """Give what decides each shuffle on the way from the source: its seed, where it has one."""
    if type(dataset).__name__ == "_ShuffleDataset":
        seeds = [
            int(seed) for name in ("_seed", "_seed2") if (seed := getattr(dataset, name, None)) is not None
        ]
        yield tuple(seeds) if any(seeds) else RANDOM
    for part in dataset._inputs() if hasattr(dataset, "_inputs") else []:
        yield from _orders(part)


def dealt_out_anew(train: Any, held: Any) -> bool:
    """Whether two data sets are parts of one that shuffles anew at each reading: what is held back changes."""
    if not (isinstance(train, tf.data.Dataset) and isinstance(held, tf.data.Dataset)):
        return False
    return bool(set(_shuffles_below_a_cut(train)) & set(_shuffles_below_a_cut(held)))


def _shuffles_below_a_cut(dataset: Any, cut: bool = False) -> Iterator[int]:
    kind = type(dataset).__name__
    if kind == "_CacheDataset":
        return
    if cut and kind == "_ShuffleDataset" and getattr(dataset, "_reshuffle_each_iteration", True) is not False:
        yield id(dataset)
    for one in dataset._inputs():
        yield from _shuffles_below_a_cut(one, cut or kind in ("_TakeDataset", "_SkipDataset"))


def shuffled_before_windows(dataset: Any, windows: bool = False) -> bool:
    """Whether a data set cuts windows out of rows that were shuffled."""
    if not isinstance(dataset, tf.data.Dataset):
        return False
    kind = type(dataset).__name__
    if windows and kind == "_ShuffleDataset":
        return True
    return any(shuffled_before_windows(one, windows or kind == "_WindowDataset") for one in dataset._inputs())


def reshuffles(dataset: Any) -> bool:
    """Whether a data set shuffles anew at each reading, anywhere on the way from its source."""
    kind = type(dataset).__name__
    if kind == "_CacheDataset":
        return False  # what is kept has an order
    if kind == "_ShuffleDataset" and getattr(dataset, "_reshuffle_each_iteration", True) is not False:
        return True
    return any(reshuffles(one) for one in dataset._inputs())


def _parts(batch: Any) -> tuple[Any, Any, bool]:
    if isinstance(batch, list | tuple):
        if len(batch) in (2, 3):
            return batch[0], batch[1], len(batch) == 3
        return (batch[0] if len(batch) == 1 else batch), None, False
    return batch, None, False


def arrays_of(value: Any) -> list[Any]:
    """Give the arrays in a nested value, one per input or output."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [item for part in value.values() for item in arrays_of(part)]
    if isinstance(value, list | tuple) and value and _holds_arrays(value):
        return [item for part in value for item in arrays_of(part)]
    return [value]


def _holds_arrays(value: Any) -> bool:
    return all(
        isinstance(item, np.ndarray | tf.Tensor | dict) or type(item).__module__.startswith("pandas")
        or (isinstance(item, list | tuple) and item and isinstance(item[0], np.ndarray))
        for item in value
    )  # fmt: skip
