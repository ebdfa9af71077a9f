"""Chunks of samples that a stateful network reads one after the other, told by the array that they are parts of."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_course.doctor.named import Named
from lstm_course.doctor.seen import Told

FEW_SAMPLES, FEW_CALLS = 3, 6


def samples_without_reset(line: int, inputs: Sequence[Any], history: Sequence[Named]) -> Told | None:
    """Say where calls of a stateful network go through the samples of an array in chunks.

    Args:
        line: line of the program that calls it.
        inputs: what it was given, call by call, without any reset between them.
        history: arrays that the program named.

    >>> rows = np.arange(60.0).reshape(5, 12, 1)
    >>> chunks = [row[None, start:start + 4] for row in rows for start in (0, 4, 8)]
    >>> samples_without_reset(3, chunks, [Named("rows", 1, rows)]).kind
    'samples-without-reset'
    """
    arrays = [one for one in inputs if isinstance(one, np.ndarray) and one.ndim == 3]
    if len(arrays) < FEW_CALLS:
        return None
    for named in history:
        whole = named.array
        if whole.ndim != 3 or not whole.flags.c_contiguous or whole.shape[1] <= arrays[0].shape[1]:
            continue
        parts = [one for one in arrays if np.may_share_memory(whole, one) and one.shape[0] == 1]
        rows = [_row(one, whole) for one in parts]
        if len(parts) == len(arrays) and len(set(rows)) >= FEW_SAMPLES and rows == sorted(rows):
            return Told("samples-without-reset", line, (
                f"Line {{line}}: a stateful network reads {named.name} {whole.shape} in chunks of "
                f"{arrays[0].shape[1]} timesteps, "
                f"sample after sample, and is never reset: each sample begins with what the one before it left."
            ))  # fmt: skip
    return None


def recordings_without_reset(line: int, inputs: Sequence[Any]) -> Told | None:
    """Say where calls of a stateful network go through several arrays, each in chunks that follow each other.

    Args:
        line: line of the program that calls it.
        inputs: what it was given, call by call, without any reset between them.

    >>> records = [np.arange(start, start + 12.0) for start in (0, 40, 80)]
    >>> chunks = [one[at:at + 4].reshape(1, 4, 1) for one in records for at in (0, 4, 8)]
    >>> recordings_without_reset(3, chunks).kind, recordings_without_reset(3, chunks[:3] * 3)
    ('samples-without-reset', None)
    """
    parts = [one for one in inputs if isinstance(one, np.ndarray) and one.ndim == 3]
    if len(parts) < FEW_CALLS or len(parts) < len(inputs) or any(len(one) > 1 for one in parts):
        return None
    follow = [_follows(before, after) for before, after in itertools.pairwise(parts)]
    begin = [_owner(one) for one, goes_on in zip(parts, [False, *follow], strict=True) if not goes_on]
    if len(set(begin)) < FEW_SAMPLES or 2 * sum(follow) < len(follow):
        return None
    return Told("samples-without-reset", line, (
        f"Line {{line}}: a stateful network reads {len(set(begin))} series, each in chunks of {parts[0].shape[1]} "
        "timesteps, one after the other, and is never reset: each series begins with what the one before it left."
    ))  # fmt: skip


def _follows(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> bool:
    """Whether a chunk begins in memory where the one before it ends."""
    return bool(_address(after) == _address(before) + before.nbytes and _owner(before) == _owner(after))


def _owner(part: np.ndarray[Any, Any]) -> int:
    """Name the array that a chunk is a view of."""
    whole = part
    while isinstance(whole.base, np.ndarray):
        whole = whole.base
    return id(whole)


def _address(part: np.ndarray[Any, Any]) -> int:
    return int(part.__array_interface__["data"][0])


def _row(part: np.ndarray[Any, Any], whole: np.ndarray[Any, Any]) -> int:
    """Give the sample that a chunk begins in."""
    return (_address(part) - _address(whole)) // (whole.strides[0] or 1)
