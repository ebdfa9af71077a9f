"""Classes and how often they occur: those that only the samples held back show, rare ones that weigh little."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_course.doctor.relations import Array, counted, numeric
from lstm_course.doctor.seen import Told

MAX_CLASSES, MUCH = 30, 0.3  # share of the held-back samples that is no matter of chance


def unseen_classes(y: Any, split: float, held_back: Any) -> str:
    """Say which classes stand among the samples held back and nowhere in training; empty where none does.

    Args:
        y: labels, (samples,), (samples, 1) or one-hot (samples, classes).
        split: validation_split, from 0 to 1; its share is taken from the end.
        held_back: labels of validation_data, where there are some.

    >>> unseen_classes(np.repeat([0, 1, 2], 10), 0.4, None)
    '10 of the 12 samples held back are of class 2, of which training has none.'
    >>> unseen_classes(np.arange(30) % 3, 0.4, None)
    ''
    """
    labels = _numbers(y)
    if labels is None or (held_back is None and not 0 < split < 1):
        return ""
    border = len(labels) if held_back is not None else int(len(labels) * (1 - split))
    tail = _numbers(held_back) if held_back is not None else labels[border:]
    if tail is None or not len(tail) or not border:
        return ""
    new = ~np.isin(tail, labels[:border])
    classes = np.unique(tail[new])
    if new.mean() < MUCH or len(classes) > MAX_CLASSES:
        return ""
    names = ", ".join(f"{value:g}" for value in classes[:6])
    return (
        f"{new.sum()} of the {len(tail)} samples held back are of class {names}, of which training has none."
    )


def _numbers(y: Any) -> Array | None:
    """Give one class number per sample; None where the labels are none."""
    labels = numeric(y)
    if labels is None or labels.ndim > 2:
        return None
    if labels.ndim == 2 and labels.shape[1] > 1:
        one_hot = np.isin(labels, (0, 1)).all() and (labels.sum(axis=1) == 1).all()
        return labels.argmax(axis=1) if one_hot else None
    flat = labels.reshape(-1)
    few = len(np.unique(flat)) <= MAX_CLASSES and np.array_equal(flat, np.round(flat))
    return flat if few else None


def weighed_the_wrong_way(line: int, weights: dict[Any, Any], y: Any) -> Told | None:
    """Say that the most frequent class weighs more than the rarest.

    >>> weighed_the_wrong_way(4, {0: 9.0, 1: 1.0}, np.arange(50) % 10 == 0).kind
    'class-weights-reversed'
    >>> weighed_the_wrong_way(4, {0: 1.0, 1: 9.0}, np.arange(50) % 10 == 0)
    """
    labels = counted(y)
    if labels is None or labels.size != len(labels):
        return None
    classes, counts = np.unique(labels, return_counts=True)
    if len(classes) < 2 or len(classes) > 100 or not all(int(one) in weights for one in classes):
        return None
    rare, common = int(classes[counts.argmin()]), int(classes[counts.argmax()])
    if counts.max() < 1.5 * counts.min() or float(weights[common]) <= float(weights[rare]):
        return None
    return Told("class-weights-reversed", line, (
        f"Class {common} has {counts.max():,} samples and weight {float(weights[common]):.4g}, class {rare} "
        f"{counts.min():,} samples and weight {float(weights[rare]):.4g}: what is frequent anyway counts more still, "
        "and the rare class is hardly learned."
    ))  # fmt: skip
