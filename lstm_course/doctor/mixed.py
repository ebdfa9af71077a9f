"""Predictions and labels that are compared in two different units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.doctor.named import Compared, Named
from lstm_course.doctor.relations import FEW, numeric
from lstm_course.doctor.rows import follows
from lstm_course.doctor.seen import ScalingSeen

Array = npt.NDArray[Any]
FAR = 5.0  # how many times wider or narrower a range must be to be in another unit


def mixed_units(
    pairs: Sequence[Compared],
    answers: Sequence[Array],
    calls: Sequence[tuple[str, int, Any, Any]],
    history: Sequence[Named] = (),
) -> list[ScalingSeen]:
    """Say where a prediction that was scaled back meets labels that were not, or the other way round.

    Args:
        pairs: line, text, prediction and other side of each difference.
        answers: what predict gave.
        calls: method, model, x and y of each call.
        history: arrays that the program named before.
    """
    labels = [y for method, _, _, value in calls if method == "fit" and (y := numeric(value)) is not None]
    if not labels or len(np.unique(labels[0])) < FEW:
        return []
    learned = labels[0].astype(float)
    for line, text, prediction, other in pairs:
        raw = [one for one in answers if isinstance(one, np.ndarray) and one.size == prediction.size]
        slopes = [line_of for one in raw if (line_of := line_through(one, prediction)) is not None]
        if not slopes or prediction.size < FEW or len(np.unique(other)) < FEW:
            continue
        found = _judge(slopes[-1], learned, other.astype(float))
        if found:
            return [_says(line, text, *found)]
        other_figures = _other_figures(slopes[-1], learned, other.astype(float), history)
        if other_figures:
            return [
                ScalingSeen(
                    "other-column", f"Line {line}, {text}: {other_figures}", "wrong-result", OTHER, line
                )
            ]
        bent = _bent(slopes[-1], learned, other.astype(float))
        if bent:
            return [_says_bent(line, text, bent)]
    return []


OTHER = (
    "Scale back with the figures of the target's own column k: pred * (high[k] - low[k]) + low[k]; with a table of "
    "zeros for "
    "inverse_transform put the predictions into column k and read column k."
)


def _other_figures(line: tuple[float, float], learned: Array, other: Array, history: Sequence[Named]) -> str:
    """Say where predictions were scaled back by other figures than those by which the labels were scaled."""
    true = _scale_of(learned.reshape(-1), history)
    if true is None or (abs(line[0] - 1) < 1e-6 and abs(line[1]) < 1e-6):
        return ""
    span = float(np.ptp(learned))
    low, high = sorted((learned.min() * true[0] + true[1], learned.max() * true[0] + true[1]))
    same = (
        abs(line[0] - true[0]) < 0.02 * abs(true[0]) and abs(line[1] - true[1]) < 0.02 * abs(true[0]) * span
    )
    if same or not _like(other, low, high):
        return ""
    return (
        f"the predictions were scaled back by factor {line[0]:.4g} and shift {line[1]:.4g}; the labels of the "
        "training come "
        f"from a column with factor {true[0]:.4g} and shift {true[1]:.4g}. These are the figures of another column."
    )


def _scale_of(learned: Array, history: Sequence[Named]) -> tuple[float, float] | None:
    """Give factor and shift that turn the labels back into the named column that they were scaled from."""
    some = learned[:200]
    for one in history:
        if one.array.ndim not in (1, 2) or len(one.array) < len(some):
            continue
        table = one.array.reshape(len(one.array), -1)
        for number in range(min(table.shape[1], 16)):
            start = follows(table[:, number], some, 1)
            found = (
                line_through(some, table[start : start + len(some), number]) if start is not None else None
            )
            if found and not (abs(found[0] - 1) < 1e-6 and abs(found[1]) < 1e-6):
                return found
    return None


def line_through(raw: Array, made: Array) -> tuple[float, float] | None:
    """Give factor and shift that turn the raw predictions into those that are compared; None where none do."""
    a, b = raw.reshape(-1).astype(float), made.reshape(-1).astype(float)
    if not (np.isfinite(a).all() and np.isfinite(b).all()) or a.std() == 0:
        return None
    factor, shift = np.polyfit(a, b, 1)
    close = np.abs(a * factor + shift - b).max() <= 1e-3 * (np.abs(b).max() + 1e-12)
    return (float(factor), float(shift)) if close and factor else None


def _judge(line: tuple[float, float], learned: Array, other: Array) -> tuple[str, str, str] | None:
    """Compare the other side with the labels of the training, in the network's units and scaled back."""
    factor, shift = line
    low, high = float(learned.min()), float(learned.max())
    ends = sorted((low * factor + shift, high * factor + shift))
    seen = f"{other.min():.4g} to {other.max():.4g}"
    if abs(factor - 1) < 1e-3 and abs(shift) < 1e-3 * (high - low):
        return ("raw", f"{low:.4g} to {high:.4g}", seen) if not _like(other, low, high) else None
    changed = not FAR**-1 < abs(factor) < FAR or abs(shift) > 3 * (ends[1] - ends[0])
    if changed and _like(other, low, high) and not _like(other, *ends):
        return ("back", f"{ends[0]:.4g} to {ends[1]:.4g}", seen)
    return None


BENDS: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "logarithms": ("np.exp(pred)", np.exp), "logarithms of 1 + x": ("np.expm1(pred)", np.expm1),
    "square roots": ("pred ** 2", np.square), "logarithms to base 10": ("10.0 ** pred", lambda one: 10.0**one),
}  # fmt: skip
"""Transformations of labels: how their inverse is written, and what it does."""


def _bent(line: tuple[float, float], learned: Array, other: Array) -> str:
    """Name the transformation that the labels went through and the other side did not; empty where none."""
    ends = np.sort(np.array([learned.min(), learned.max()]) * line[0] + line[1])
    if _like(other, *ends) or np.abs(ends).max() > 200:
        return ""
    fits = {}
    for name, (_, back) in BENDS.items():
        low, high = map(float, back(ends))
        if _like(other, low, high):
            fits[name] = abs(np.log((high - low) / float(np.ptp(other))))
    return min(fits, key=lambda name: fits[name]) if fits else ""


def _says_bent(line: int, text: str, bent: str) -> ScalingSeen:
    return ScalingSeen(
        "mixed-units",
        f"Line {line}, {text}: the predictions are still {bent}, as the labels of the training were; the other side "
        "is not. The difference compares two units.",
        "wrong-result",
        f"Turn the predictions back before the error, {BENDS[bent][0]}, after the scaling has been taken back.",
        line,
    )  # fmt: skip


def _like(values: Array, low: float, high: float) -> bool:
    """Whether values may be in the unit of a range: near it, and about as wide."""
    span = high - low
    near = values.min() < high + 3 * span and values.max() > low - 3 * span
    wide = float(values.max() - values.min())
    return bool(near and span / (4 * FAR) < wide < span * FAR)


def _says(line: int, text: str, kind: str, expected: str, seen: str) -> ScalingSeen:
    if kind == "back":
        return ScalingSeen(
            "mixed-units",
            f"Line {line}, {text}: the predictions were scaled back (labels of the training would run from {expected} "
            f"there), the other side was not: it runs from {seen}, still the scaled unit of the labels that the "
            "network learned from. The difference compares two units.",
            "wrong-result",
            "Scale the labels back with the same figures before the error: y_test = y_test * (high - low) + low (or "
            "scaler.inverse_transform(y_test.reshape(-1, 1))), or leave both sides scaled.",
            line,
        )  # fmt: skip
    return ScalingSeen(
        "mixed-units",
        f"Line {line}, {text}: the predictions are what the network gave, in the unit of the labels that it learned "
        f"from ({expected}); the other side runs from {seen}, another unit. The difference compares two units.",
        "wrong-result",
        "Scale the predictions back first, with the figures that scaled the labels: pred * (high - low) + low (or "
        "scaler.inverse_transform(pred)), or compare them with labels that are scaled in the same way.",
        line,
    )  # fmt: skip
