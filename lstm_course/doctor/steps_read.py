"""Which of several forecast steps is compared with which label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.mixed import line_through
from lstm_course.doctor.named import Compared, Named
from lstm_course.doctor.relations import FEW, numeric
from lstm_course.doctor.seen import Told

Array = npt.NDArray[Any]


def another_step(
    pairs: Sequence[Compared], answers: Sequence[Array], history: Sequence[Named]
) -> Told | None:
    """Say that one step of a forecast is compared with the label of another.

    >>> made = np.random.default_rng(0).normal(size=(40, 5))
    >>> labels = np.random.default_rng(1).normal(size=(40, 5))
    >>> another_step([(7, "p[:, 4] - y[:, 0]", made[:, 4], labels[:, 0])], [made], [Named("y", 3, labels)]).kind
    'another-step'
    >>> another_step([(7, "p[:, 0] - y[:, 0]", made[:, 0], labels[:, 0])], [made], [Named("y", 3, labels)])
    """
    for line, text, prediction, other in pairs:
        if prediction.ndim != 1 or len(prediction) < FEW or len(np.unique(other)) < FEW:
            continue
        for answer in answers:
            made = _columns_of(answer, len(prediction))
            column = _which(made, prediction) if made is not None else None
            if made is None or column is None:
                continue
            found = _label(other, made.shape, history)
            if found is not None and found[1] != column:
                return Told("another-step", line, (
                    f"Line {{line}}, {text}: the forecasts are step {column} of {made.shape[1]} that the network "
                    f"gives, the labels step {found[1]} of {found[0]}."
                ))  # fmt: skip
    return None


def _columns_of(answer: Array, count: int) -> Array | None:
    """Give the steps of a forecast as columns; None where it has one, or another number of samples."""
    several = (
        answer.ndim in (2, 3)
        and len(answer) == count
        and answer.shape[1] > 1
        and answer[0].size == answer.shape[1]
    )
    return answer.reshape(count, -1) if several else None


def _which(made: Array, prediction: Array) -> int | None:
    """Give the only column that a prediction was made of, up to scale and shift."""
    same = [at for at in range(made.shape[1]) if line_through(made[:, at], prediction) is not None]
    return same[0] if len(same) == 1 else None


def _label(other: Array, shape: tuple[int, ...], history: Sequence[Named]) -> tuple[str, int] | None:
    """Give the named labels and the column that one side is."""
    for one in history:
        labels = numeric(one.array)
        if labels is None or labels.size != shape[0] * shape[1] or len(labels) != shape[0]:
            continue
        flat = labels.reshape(shape)
        same = [at for at in range(shape[1]) if np.array_equal(flat[:, at], other.reshape(-1))]
        if len(same) == 1:
            return one.name, same[0]
    return None
