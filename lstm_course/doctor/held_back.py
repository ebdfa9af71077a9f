"""Whether what a network is judged by was held back: samples of the training, windows that share their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.arrays import overlap
from lstm_course.doctor.mixed import line_through
from lstm_course.doctor.named import Named
from lstm_course.doctor.pairing import places
from lstm_course.doctor.relations import numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]
MOST_SAMPLES = 20_000
FEW_SAMPLES = 20  # fewer say nothing
MOSTLY = 0.9  # share of the samples


@dataclass(frozen=True)
class Judged:
    """Inputs that judge a network, and those that it was trained on."""

    line: int  # line of the program
    what: str  # validation_data, evaluate or predict
    trained: Any  # inputs of the training
    held: Any  # inputs that judge
    earlier: tuple[Any, ...] = ()  # inputs of trainings of the same network before that one


def judged_by(one: Judged, history: Sequence[Named]) -> Told | None:
    """Say where the samples that judge a network are those it was trained on, or lie in between them in time.

    To evaluate on the training samples, too, is no mistake; to validate on them alone is.
    """
    line, what, x, held = one.line, one.what, numeric(one.trained), numeric(one.held)
    if x is None or held is None or x.ndim != 3 or x.shape[1:] != held.shape[1:]:
        return None
    if not FEW_SAMPLES <= len(held) <= MOST_SAMPLES or not FEW_SAMPLES <= len(x) <= MOST_SAMPLES:
        return None
    x, held = _before_scaling(x, history), _before_scaling(held, history)
    shared = _shared(x, held)
    if shared < 1 - MOSTLY and _known_before(one.earlier, held):
        return Told("trained-in-an-earlier-round", line, (
            f"Line {{line}} judges the network by {len(held):,} samples that it was not trained on in this round, but "
            "in an earlier one: fit goes on with the weights that the network has. Only the first round's figure "
            "is that of unknown samples."
        ))  # fmt: skip
    if shared >= MOSTLY and what != "validation_data":
        return None
    if shared >= MOSTLY:
        return Told("judged-by-the-training", line, (
            f"{shared:.0%} of the {len(held):,} samples of {what} are samples of the training: the figure says how "
            "well they "
            "are remembered, and overfitting cannot show."
        ))  # fmt: skip
    return _interleaved(line, what, x, held, history)


def _before_scaling(samples: Array, history: Sequence[Named]) -> Array:
    """Give the named samples that these were scaled from; the samples themselves where there are none."""
    for one in history:
        if one.array.shape == samples.shape and one.array.dtype.kind == "f" and one.array is not samples:
            some = slice(None, None, max(1, len(samples) // 50))
            line = line_through(one.array[some], samples[some])
            if line is not None and abs(line[0] - 1) + abs(line[1]) > 1e-6:
                return one.array
    return samples


def _known_before(earlier: Sequence[Any], held: Array) -> bool:
    known = [x for one in earlier if (x := numeric(one)) is not None and x.shape[1:] == held.shape[1:]]
    return any(len(x) <= MOST_SAMPLES and _shared(x, held) >= MOSTLY for x in known)


def _keys(samples: Array) -> list[bytes]:
    kept = np.ascontiguousarray(samples, dtype=np.float32)
    return [row.tobytes() for row in kept]


def _shared(x: Array, held: Array) -> float:
    known, asked = _keys(x), _keys(held)
    if len(set(asked)) < 0.5 * len(asked):
        return 0.0  # few different samples: chance
    seen = set(known)
    return float(np.mean([key in seen for key in asked]))


def _interleaved(line: int, what: str, x: Array, held: Array, history: Sequence[Named]) -> Told | None:
    """Look for the array of overlapping windows from which both were drawn in any order."""
    for one in history:
        source = one.array
        if source.ndim != 3 or source.shape[1:] != x.shape[1:] or len(source) < len(x) + len(held) * MOSTLY:
            continue
        stride = overlap(source[:500].astype(float)) if len(source) <= MOST_SAMPLES else 0
        if not stride:
            continue
        rows, others = places(x, source), places(held, source)
        if rows is None or others is None or not _mixed(rows, others):
            continue
        reach = max(1, source.shape[1] // stride)
        if float(np.mean(_nearest(np.sort(rows), others) < reach)) >= MOSTLY:
            return Told("windows-split-across-time", line, (
                f"The samples of {what} were drawn from {one.name} {source.shape} in between those of the training. "
                f"Neighbouring windows share {source.shape[1] - stride} of their {source.shape[1]} rows, so nearly "
                "every "
                "sample that judges the network has a neighbour in the training that holds its rows and its label's."
            ))  # fmt: skip
    return None


def _nearest(rows: Array, others: Array) -> Array:
    right = np.clip(np.searchsorted(rows, others), 0, len(rows) - 1)
    left = np.clip(right - 1, 0, len(rows) - 1)
    nearest: Array = np.minimum(np.abs(rows[right] - others), np.abs(rows[left] - others))
    return nearest


def _mixed(rows: Array, others: Array) -> bool:
    """Whether two sets of places lie among each other, and not one behind the other."""
    inside = np.mean((others > rows.min()) & (others < rows.max()))
    return bool(
        inside > MOSTLY and np.abs(np.diff(np.sort(others))).max() > 1 and np.diff(np.sort(rows)).max() > 1
    )
