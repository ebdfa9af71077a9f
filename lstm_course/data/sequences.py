"""Make one array of sequences of unequal length, by padding, and know what the padding hides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lstm_course.data.errors import DataError
from lstm_course.problems import whole_number

Array = npt.NDArray[Any]
Side = Literal["pre", "post"]


def pad(
    sequences: Sequence[Array],
    timesteps: int,
    padding: Side = "pre",
    truncating: Side = "pre",
    value: float = 0.0,
) -> npt.NDArray[np.float32]:
    """Fill up short sequences, and cut long ones, to one number of timesteps.

    Args:
        sequences: arrays of shape (timesteps of this sequence, features).
        timesteps: timesteps that each shall have.
        padding: where a short one is filled up; a fused GPU kernel takes a mask only with "post".
        truncating: where a long one is cut.
        value: what it is filled up with; a Masking layer with the same value then skips these timesteps.

    Returns:
        float32 array of shape (samples, timesteps, features).

    Raises:
        DataError: when there is no sequence, or they differ in their features.

    >>> pad([np.array([[1.0], [2.0]]), np.array([[3.0]])], timesteps=2)[:, :, 0].tolist()
    [[1.0, 2.0], [0.0, 3.0]]
    """
    whole_number("timesteps", timesteps, at_least=1)
    num_features = _num_features(sequences)
    padded = np.full((len(sequences), timesteps, num_features), value, dtype=np.float32)
    for sample, sequence in zip(padded, sequences, strict=True):
        kept = sequence[-timesteps:] if truncating == "pre" else sequence[:timesteps]
        if len(kept) and padding == "pre":
            sample[-len(kept) :] = kept
        elif len(kept):
            sample[: len(kept)] = kept
    return padded  # (samples, timesteps, features)


def num_masked_steps(sequences: Sequence[Array], value: float) -> int:
    """Return how many timesteps of the data a Masking layer with this value would skip by mistake.

    Masking skips a timestep only when all of its features equal the value.

    >>> num_masked_steps([np.array([[0.0, 0.0], [0.0, 1.0]])], value=0.0)
    1
    """
    _num_features(sequences)
    return sum(int((np.asarray(sequence) == value).all(axis=1).sum()) for sequence in sequences)


def every_kth(num_sequences: int, num_chosen: int) -> npt.NDArray[np.int64]:
    """Return evenly spaced positions, so that an order by class gives each class its share.

    >>> every_kth(9, 3).tolist()
    [1, 4, 7]
    """
    if num_chosen > num_sequences:
        raise DataError(f"{num_chosen} sequences were asked for validation, but there are {num_sequences}.")
    return ((np.arange(num_chosen) + 0.5) * num_sequences / max(num_chosen, 1)).astype(np.int64)


def _num_features(sequences: Sequence[Array]) -> int:
    if not len(sequences):
        raise DataError("There is no sequence to pad; load a data set with sequences first.")
    shapes = {np.shape(sequence)[1:] for sequence in sequences}
    if len(shapes) > 1 or any(len(shape) != 1 for shape in shapes):
        raise DataError(
            f"Each sequence must have shape (timesteps, features) with the same features, "
            f"but after the timesteps they have {sorted(shapes)}."
        )
    return int(next(iter(shapes))[0])
