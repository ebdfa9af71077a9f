"""Whether samples and labels were put into another order together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.named import Named
from lstm_course.doctor.relations import numeric

Array = npt.NDArray[Any]
MAX_ROWS = 20_000
FEW_DIFFER = 0.15  # fewer labels that change their sample may be chance


def unpaired(x: Any, y: Any, history: Sequence[Named]) -> str:
    """Say where x was put into another order and its labels were not, or the other way round; empty where neither.

    >>> rows, marks = np.arange(40.0).reshape(20, 2), np.arange(20) % 3
    >>> before = [Named("x", 1, rows), Named("y", 2, marks)]
    >>> order = np.random.default_rng(0).permutation(20)
    >>> unpaired(rows[order], marks, before)[:24], unpaired(rows[order], marks[order], before)
    ('20 of 20 samples stand i', '')
    """
    inputs, labels = numeric(x), numeric(y)
    if inputs is None or labels is None or inputs.ndim < 2 or len(inputs) != len(labels) or len(inputs) < 8:
        return ""
    if len(inputs) > MAX_ROWS:
        return ""
    found = (_against(inputs, labels, place, history) for place in _sources(inputs, history))
    return next((sentence for sentence in found if sentence is not None), "")


def _sources(inputs: Array, history: Sequence[Named]) -> list[int]:
    """Give the places of named arrays that hold the same kind of samples."""
    return [
        place
        for place, one in enumerate(history)
        if one.array.ndim == inputs.ndim and one.array.shape[1:] == inputs.shape[1:]
        and len(inputs) <= len(one.array) <= MAX_ROWS
    ][:12]  # fmt: skip


def _against(inputs: Array, labels: Array, place: int, history: Sequence[Named]) -> str | None:
    """Judge one earlier array of samples; "" where its labels went along, None where nothing can be said."""
    source = history[place]
    rows = places(inputs, source.array)
    if rows is None:
        return None
    moved = _first_moved(inputs, source, history)
    answers = [
        one for one in history[:moved]
        if len(one.array) == len(source.array) and one.array.size * len(labels) == labels.size * len(one.array)
        and len(np.unique(one.array)) > 1
    ]  # fmt: skip
    flat = labels.reshape(len(labels), -1)
    sentence: str | None = None
    for one in answers:
        theirs = one.array.reshape(len(one.array), -1)
        if np.array_equal(theirs[rows], flat):
            return ""
        start = int(rows.min()) if np.array_equal(np.sort(rows), np.arange(rows.min(), rows.max() + 1)) else 0
        for begin in {0, start}:
            differ = float((theirs[rows] != flat).any(axis=1).mean())
            if (
                not _runs(rows)
                and differ > FEW_DIFFER
                and np.array_equal(theirs[begin : begin + len(flat)], flat)
            ):
                sentence = _says_x(rows, one, source)
        if _runs(rows) and _same_values(theirs, flat, len(rows)) and place < _first_labels(labels, history):
            sentence = _says_y(flat, theirs[rows], one)
    return sentence


def _first_moved(inputs: Array, source: Named, history: Sequence[Named]) -> int:
    """Give the place in the history at which samples or labels were put into the order of the training."""
    for place, one in enumerate(history):
        alike = (
            one.array.shape[1:] == inputs.shape[1:] and one is not source and len(one.array) >= len(inputs)
        )
        if alike and _begins(one.array, inputs) and not _begins(source.array, inputs):
            return place
    return len(history)


def _begins(array: Array, inputs: Array) -> bool:
    return bool(np.array_equal(array[: len(inputs)], inputs))


def _first_labels(labels: Array, history: Sequence[Named]) -> int:
    """Give the place in the history at which the labels have the order of the training."""
    flat = labels.reshape(-1)
    same = (
        place for place, one in enumerate(history) if np.array_equal(one.array.reshape(-1)[: flat.size], flat)
    )
    return next(same, -1)


def places(inputs: Array, source: Array) -> Array | None:
    """Give for each sample its row in another array; None where one is missing or several stand there twice."""
    known: dict[bytes, int] = {}
    kept = np.ascontiguousarray(source, dtype=np.float32)
    for row in range(len(kept)):
        known.setdefault(kept[row].tobytes(), row)
    if len(known) < 0.95 * len(kept):
        return None
    asked = np.ascontiguousarray(inputs, dtype=np.float32)
    rows = [known.get(asked[row].tobytes(), -1) for row in range(len(asked))]
    return None if -1 in rows else np.array(rows)


def _runs(rows: Array) -> bool:
    return bool(np.array_equal(rows, np.arange(rows[0], rows[0] + len(rows))))


def _same_values(theirs: Array, flat: Array, count: int) -> bool:
    """Whether the labels are all of those that were named, in another order."""
    return count == len(theirs) and np.array_equal(np.sort(theirs, axis=0), np.sort(flat, axis=0))


def _says_x(rows: Array, answers: Named, source: Named) -> str:
    moved = int((rows != np.arange(rows.min(), rows.min() + len(rows))).sum())
    return (
        f"{moved:,} of {len(rows):,} samples stand in another place than in {source.name} (line {source.line}), "
        f"while the labels still stand in the order of {answers.name} (line {answers.line}): sample 0 was row "
        f"{int(rows[0])} and is given the label of another row."
    )


def _says_y(flat: Array, before: Array, answers: Named) -> str:
    moved = int((flat != before).any(axis=1).sum())
    return (
        f"The samples stand in their old order, the labels do not: {moved:,} of {len(flat):,} samples have another "
        f"label than in {answers.name} (line {answers.line})."
    )
