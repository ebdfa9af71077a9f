"""Which rows train, which validate and which test: always in the order of time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from lstm_course.data.errors import DataError

PART_NAMES = ("train", "validation", "test")


class SplitSizes(Protocol):
    """What `split_rows` needs to know; `lstm_course.experiment.Split` is one."""

    @property
    def train(self) -> float | int:
        """Share or number of rows for training."""

    @property
    def validation(self) -> float | int:
        """Share or number of rows for validation."""

    @property
    def test(self) -> float | int | None:
        """Share or number of rows for the test; None: all that is left."""

    @property
    def gap(self) -> int:
        """Rows left out between two parts."""


@dataclass(frozen=True)
class Part:
    """Rows `start` up to, not including, `stop`."""

    name: str  # "train", "validation" or "test"
    start: int  # first row
    stop: int  # row after the last one

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return self.stop - self.start


@dataclass(frozen=True)
class Parts:
    """The three parts of a series; validation and test may be empty."""

    train: Part  # rows to learn from
    validation: Part  # rows to choose by
    test: Part  # rows to judge by, once

    def __iter__(self) -> Iterator[Part]:
        return iter((self.train, self.validation, self.test))

    def __getitem__(self, name: str) -> Part:
        return {part.name: part for part in self}[name]


def split_rows(num_rows: int, split: SplitSizes) -> Parts:
    """Cut rows into training, validation and test, in this order.

    A share sets a border by rounding the cumulated share; a whole number is exactly so many rows.
    `gap` rows are left out before each later part that is not empty: a share gives them up, a number of
    rows moves on past them.

    Args:
        num_rows: rows of the series.
        split: sizes of the parts.

    Raises:
        DataError: when the parts do not fit into the rows or the training part is empty.

    >>> from lstm_course.experiment import Split
    >>> [part.num_rows for part in split_rows(144, Split(0.7, 0.15))]
    [101, 21, 22]
    >>> [part.num_rows for part in split_rows(144, Split(train=95, validation=0, test=47, gap=1))]
    [95, 0, 47]
    """
    _check(num_rows, split)
    parts: list[Part] = []
    stop, share = 0, 0.0
    for name, size in zip(PART_NAMES, (split.train, split.validation, split.test), strict=True):
        start = stop + (split.gap if parts and size != 0 else 0)
        if size is None:
            end = num_rows
        elif isinstance(size, float):
            share += size
            base = share if _shares_so_far(parts, split) else size + stop / num_rows
            end = _nearest(base * num_rows)
        else:
            end = start + size
        if size == 0 or (size is None and start >= num_rows):
            start = end = stop
        parts.append(Part(name, start, end))
        stop = end
    return _checked(Parts(*parts), num_rows, split)


def _shares_so_far(parts: list[Part], split: SplitSizes) -> bool:
    return all(isinstance(getattr(split, part.name), float) or part.num_rows == 0 for part in parts)


def _nearest(border: float) -> int:
    return math.floor(round(border, 6) + 0.5)  # halves go up; the rounding takes back 8.499999 for 8.5


def _check(num_rows: int, split: SplitSizes) -> None:
    if num_rows < 1:
        raise DataError("There is no row to split; load a series with rows first.")
    sizes = {"train": split.train, "validation": split.validation, "test": split.test}
    for name, size in sizes.items():
        if size is not None and (size < 0 or (isinstance(size, float) and not size <= 1)):
            raise DataError(
                f"The {name} part is {size!r}; give a share from 0.0 to 1.0 or a number of rows from 0 to {num_rows}."
            )
    if split.gap < 0:
        raise DataError(f"The gap is {split.gap} rows; give 0 or more.")
    shares = sum(size for size in sizes.values() if isinstance(size, float))
    if shares > 1 + 1e-9:
        raise DataError(
            f"The parts add up to {shares:.0%} of the rows; together they may have 100 % at most. Make one smaller."
        )


def _checked(parts: Parts, num_rows: int, split: SplitSizes) -> Parts:
    used = max(part.stop for part in parts)
    if used > num_rows:
        raise DataError(
            f"The parts need {used} rows (train {split.train}, validation {split.validation}, test {split.test}, "
            f"gap {split.gap}), but the series has {num_rows}. Make a part or the gap smaller."
        )
    if parts.train.num_rows < 1:
        raise DataError(
            f"The training part is empty: train={split.train} of {num_rows} rows. Give it at least one row."
        )
    for part in parts:
        if part.num_rows < 0:
            raise DataError(
                f"The gap of {split.gap} rows is longer than the {part.name} part. Make the gap smaller."
            )
    return parts
