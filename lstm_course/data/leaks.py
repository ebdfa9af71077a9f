"""Notice labels that already lie inside their own window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lstm_course.data.errors import DataError

Array = npt.NDArray[Any]
MAX_SAMPLES = 2_000  # evenly spaced; a leak is in all samples, so some show it
MIN_SAMPLES = 5  # fewer agree by chance


@dataclass(frozen=True)
class Leak:
    """Where in the window the label can be read off."""

    timestep: int  # timestep of the window that holds the label
    feature: int  # feature that holds it
    label: int  # which number of the label, counted along its flattened axes
    rescaled: bool  # whether it is there on another scale instead of as it is

    def sentence(self, timesteps: int) -> str:
        """Say what was found and what it usually means."""
        back = timesteps - 1 - self.timestep
        place = "the last timestep" if back == 0 else f"{back} timesteps before the last"
        return (
            f"Label {self.label} equals feature {self.feature} at {place} of its own window"
            f"{' on another scale' if self.rescaled else ''}: the network can copy it. "
            "Let the labels begin one row after the window, and leave out features that hold the answer."
        )


def label_leaks(X: Array, y: Array) -> Leak | None:
    """Look for a fixed place in the window at which the label stands, in every sample.

    Up to 2,000 evenly spaced samples are compared; labels that never change are not judged. A series
    that repeats itself exactly within the window looks like a leak here, because the label then does
    stand in the window.

    Args:
        X: windows of shape (samples, timesteps, features).
        y: labels of shape (samples, ...), of numbers.

    Returns:
        The leak nearest to the end of the window, or None.

    Raises:
        DataError: when X and y do not have the same samples.

    >>> rows = np.sin(np.arange(50.0) ** 1.1)
    >>> X = np.lib.stride_tricks.sliding_window_view(rows, 3)[:, :, None]
    >>> label_leaks(X, X[:, -1, 0])
    Leak(timestep=2, feature=0, label=0, rescaled=False)
    """
    if X.ndim != 3 or len(X) != len(y):
        raise DataError(
            f"Expected X (samples, timesteps, features) and as many labels, got {X.shape} and {y.shape}."
        )
    if y.ndim == 3:
        return None  # a label for each timestep may stand in the window: it is a later row's value
    if len(X) < MIN_SAMPLES:
        return None
    chosen = np.unique(np.linspace(0, len(X) - 1, MAX_SAMPLES).astype(np.int64))
    inputs = X[chosen].astype(np.float64)  # (chosen, timesteps, features)
    labels = y[chosen].reshape(len(chosen), -1).astype(np.float64)  # (chosen, label numbers)
    for number in range(labels.shape[1]):
        found = _find(inputs, labels[:, number], number)
        if found:
            return found
    return None


def _find(inputs: Array, label: Array, number: int) -> Leak | None:
    known = np.isfinite(label) & np.isfinite(inputs).all(axis=(1, 2))
    inputs, label = inputs[known], label[known]
    if len(label) < MIN_SAMPLES or len(np.unique(label)) < 3:
        return None
    for rescaled, alike in ((False, _equal(inputs, label)), (True, _same_course(inputs, label))):
        places = np.argwhere(alike)
        if len(places):
            step, feature = places[-1]
            return Leak(int(step), int(feature), number, rescaled)
    return None


def _equal(inputs: Array, label: Array) -> npt.NDArray[np.bool_]:
    tolerance = 1e-6 * float(np.ptp(label))
    return np.asarray((np.abs(inputs - label[:, None, None]) <= tolerance).all(axis=0))


def _same_course(inputs: Array, label: Array) -> npt.NDArray[np.bool_]:
    centred = inputs - inputs.mean(axis=0)
    goal = (label - label.mean())[:, None, None]
    size = np.sqrt((centred**2).sum(axis=0) * (goal**2).sum())
    likeness = np.divide((centred * goal).sum(axis=0), size, out=np.zeros_like(size), where=size > 0)
    return np.asarray(np.abs(likeness) > 1 - 1e-9)
