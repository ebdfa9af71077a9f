"""What arrays say about their scaling: two scalers, figures from the test rows, values that became NaN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_course.doctor.named import Named
from lstm_course.doctor.relations import FEW, Array, numeric
from lstm_course.doctor.seen import ScalingSeen


def scalings_of(history: Sequence[Named], calls: Sequence[tuple[str, int, Any, Any]]) -> list[ScalingSeen]:
    """Say what the arrays of a program tell about its scaling."""
    trained = [numeric(x) for method, _, x, _ in calls if method == "fit"]
    asked = [numeric(x) for method, _, x, _ in calls if method in ("predict", "evaluate")]
    scaled = [
        one for named in history if (one := _scaled(named)) is not None and _has_a_source(named, history)
    ]
    if not trained or trained[0] is None:
        return []
    others = [x for x in asked if x is not None and not _one_source(history, trained[0], x)]
    apart = _separate(scaled, trained[0], others)
    arrays = [*(x for x in asked if x is not None), *_floats(history)]
    found = apart or _fitted_on_all(scaled, trained[0], _learnt_from(trained[0], calls), arrays)
    return found + _across_features(trained[0]) + _made_nan(history, trained[0])


def _has_a_source(named: Named, history: Sequence[Named]) -> bool:
    """Whether an array that runs from -1 to 1 was made from another: a sine runs so by itself."""
    array = named.array
    if not (np.isclose(array.min(), -1) and np.isclose(array.max(), 1)):
        return True
    flat = array.reshape(-1)[:2_000].astype(float)
    for one in history:
        other = one.array.reshape(-1)[:2_000].astype(float)
        if one.array.size != array.size or np.array_equal(other, flat) or not np.isfinite(other).all():
            continue
        if array.ndim > 1 or (np.ptp(other) > 0 and np.corrcoef(other, flat)[0, 1] > 0.9999):
            return True
    return False


def _across_features(trained: Array) -> list[ScalingSeen]:
    """Tell that each row was standardised by itself, over columns that measure different things."""
    if trained.ndim != 3 or trained.shape[2] < 2 or trained.dtype.kind != "f" or len(trained) < FEW:
        return []
    some = trained[:200].astype(float)
    if not np.isfinite(some).all() or not np.allclose(some.mean(axis=2), 0, atol=1e-4):
        return []
    if not np.allclose(some.std(axis=2), 1, atol=1e-3):
        return []
    return [ScalingSeen(
        "across-features",
        f"In every timestep of X {trained.shape} the {trained.shape[2]} features have mean 0 and standard deviation 1: "
        "each row was scaled by its own figures, across the columns. What a column does from row to row is lost"
        f"{', and with two columns only +1 and -1 are left' if trained.shape[2] == 2 else ''}.",
        "wrong-result",
        "Scale each column over the rows of the training: mean = train.mean(axis=0), std = train.std(axis=0), for "
        "windows axis=(0, 1).",
    )]  # fmt: skip


def _made_nan(history: Sequence[Named], trained: Array) -> list[ScalingSeen]:
    """Tell that values were finite before they were transformed."""
    if trained.dtype.kind != "f" or not np.isnan(trained).any():
        return []
    whole = [one for one in history if one.array.size == trained.size and np.isfinite(one.array).all()]
    return (
        [ScalingSeen("nan-made", f"{whole[-1].name} was finite before.", line=whole[-1].line)]
        if whole
        else []
    )


@dataclass(frozen=True)
class _Scaled:
    named: Named
    how: str  # min-max or standard
    columns: int


def _scaled(named: Named) -> _Scaled | None:
    """Tell an array that was scaled by its own figures."""
    array = named.array
    if array.dtype.kind != "f" or array.ndim > 3 or len(array) < FEW or _window_by_window(array):
        return None
    for table in (array.reshape(-1, array.shape[-1] if array.ndim > 1 else 1), array.reshape(-1, 1)):
        how = scaled_how(table)
        if how:
            return _Scaled(named, how, table.shape[1])
    return None


def _window_by_window(array: Array) -> bool:
    """Whether each window was standardised by itself."""
    some = array[:200].astype(float)
    alone = array.ndim == 3 and array.shape[1] > 2 and np.allclose(some.mean(axis=1), 0, atol=1e-3)
    return bool(alone and np.allclose(some.std(axis=1), 1, atol=1e-2))


def scaled_how(table: Array) -> str:
    """Tell whether a table was scaled by its own figures: "min-max", "standard" or ""."""
    if not np.isfinite(table).all() or len(table) < FEW:
        return ""
    if any(len(np.unique(table[:500, index])) < FEW for index in range(min(table.shape[1], 16))):
        return ""
    low, high = table.min(axis=0), table.max(axis=0)
    if np.allclose(low, 0, atol=1e-6) and np.allclose(high, 1, atol=1e-6):
        rare = max(np.mean(table == 0), np.mean(table == 1)) < 0.05
        return "min-max" if rare else ""
    if np.allclose(low, -1, atol=1e-6) and np.allclose(high, 1, atol=1e-6):
        return "min-max" if max(np.mean(table == -1), np.mean(table == 1)) < 0.05 else ""
    mean, std = table.mean(axis=0), table.std(axis=0)
    pandas = np.sqrt((len(table) - 1) / len(table))  # pandas divides by n - 1
    unit = np.allclose(std, 1, atol=1e-4) or np.allclose(std, pandas, atol=1e-5)
    return "standard" if np.allclose(mean, 0, atol=1e-5) and unit else ""


def _within(part: Array, whole: Array) -> bool:
    """Whether the numbers of one array all come from another."""
    return _shared(part, whole) > 0.98


def _shared(part: Array, whole: Array) -> float:
    """Give the share of an array's numbers that another holds."""
    some = part.reshape(-1)
    some = some[:: max(1, len(some) // 200)]
    return float(np.isin(some.astype(np.float32), whole.reshape(-1).astype(np.float32)).mean())


def _one_source(history: Sequence[Named], trained: Array, asked: Array) -> bool:
    """Whether one named array holds the numbers of both: then they were scaled alike."""
    return any(
        one.array.dtype.kind == "f" and _within(trained, one.array) and _within(asked, one.array)
        for one in history
    )


def _separate(scaled: list[_Scaled], trained: Array, asked: list[Array]) -> list[ScalingSeen]:
    first = [item for item in scaled if _within(trained, item.named.array)]
    for other in asked:
        second = [
            item for item in scaled
            if _within(other, item.named.array) and not _within(trained, item.named.array)
            and not any(_within(other, one.named.array) for one in first)
        ]  # fmt: skip
        pairs = [(a, b) for a in first for b in second if a.how == b.how]
        if pairs:
            a, b = pairs[0]
            return [_two_scalers(a, b)]
    return []


def _two_scalers(first: _Scaled, second: _Scaled) -> ScalingSeen:
    edges = (
        "from exactly 0 to exactly 1" if first.how == "min-max" else "with mean 0 and standard deviation 1"
    )
    return ScalingSeen(
        "separate",
        f"{first.named.name} {first.named.array.shape} and {second.named.name} {second.named.array.shape} "
        "both run "
        f"{edges}: each was scaled by its own figures, with a scaler of its own. The same measured value means "
        "another number in training than in the test.",
        "wrong-result",
        "Fit the scaler once, on the training rows, and apply those figures to both: "
        "low, high = train.min(axis=0), train.max(axis=0); train = (train - low) / (high - low); "
        "test = (test - low) / (high - low). With scikit-learn: fit_transform on train, transform on test.",
        second.named.line,
    )  # fmt: skip


def _floats(history: Sequence[Named]) -> list[Array]:
    return [one.array for one in history if one.array.dtype.kind == "f"]


def _learnt_from(trained: Array, calls: Sequence[tuple[str, int, Any, Any]]) -> Array:
    """Give every number that training sees: its inputs and its labels."""
    labels = [numeric(y) for method, _, _, y in calls if method == "fit"]
    return np.concatenate([trained.reshape(-1), *(one.reshape(-1) for one in labels if one is not None)])


def _fitted_on_all(
    scaled: list[_Scaled], trained: Array, learnt: Array, arrays: list[Array]
) -> list[ScalingSeen]:
    for item in scaled:
        whole = item.named.array
        if not _within(trained, whole) or not any(_held_back(one, learnt, whole) for one in arrays):
            continue
        fewer = len(np.unique(learnt)) < 0.95 * len(np.unique(whole))
        if fewer if item.how == "standard" else not _reaches(trained, whole):
            return [_leaks(item, trained)]
    return []


def _held_back(part: Array, learnt: Array, whole: Array) -> bool:
    """Whether an array is a part of the scaled rows that training does not see."""
    if part.size <= FEW or not _within(part, whole) or _shared(part, learnt) >= 0.5:
        return False
    return not _within(learnt, part)  # else it is the whole, of which only some batches were read


def _reaches(part: Array, whole: Array) -> bool:
    if part.ndim > 1 and whole.ndim > 1 and part.shape[-1] == whole.shape[-1]:
        part, whole = part.reshape(-1, part.shape[-1]), whole.reshape(-1, whole.shape[-1])
        return bool(np.allclose(part.min(0), whole.min(0)) and np.allclose(part.max(0), whole.max(0)))
    return bool(np.isclose(part.min(), whole.min()) and np.isclose(part.max(), whole.max()))


def _leaks(item: _Scaled, trained: Array) -> ScalingSeen:
    return ScalingSeen(
        "fitted-on-all",
        f"{item.named.name} {item.named.array.shape} was scaled as a whole ({item.how}), but training sees "
        "only a part "
        f"of it: the training inputs run from {trained.min():.4g} to {trained.max():.4g}. The figures of the "
        "scaler "
        "come from rows that are held back for the test.",
        "degraded",
        "Split first, then take minimum and maximum (or mean and standard deviation) from the training rows "
        "alone: "
        "low, high = train.min(axis=0), train.max(axis=0), and use them for the test rows too.",
        item.named.line,
    )  # fmt: skip
