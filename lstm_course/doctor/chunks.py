"""Chunks of samples that a stateful network reads one after the other, told by the array that they are parts of."""

from __future__ import annotations

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


def _row(part: np.ndarray[Any, Any], whole: np.ndarray[Any, Any]) -> int:
    """Give the sample that a chunk begins in."""
    begins = part.__array_interface__["data"][0] - whole.__array_interface__["data"][0]
    return int(begins // (whole.strides[0] or 1))
