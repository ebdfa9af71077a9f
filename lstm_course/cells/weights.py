"""The weights of a recurrent layer, joined as Keras keeps them and cut into gates as the equations need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm_course.cells.activations import Array


@dataclass(frozen=True)
class GateWeights:
    """The part of the joined weights that belongs to one gate."""

    kernel: Array  # W, (features, units): from the input
    recurrent_kernel: Array  # U, (units, units): from the state of the timestep before
    bias: Array | None  # b, (units,); None with use_bias=False
    recurrent_bias: Array | None = None  # (units,): only GRU with reset_after=True has a second bias


@dataclass(frozen=True)
class CellWeights:
    """The joined weights of one recurrent layer: the gates stand side by side in the columns."""

    kernel: Array  # (features, gates · units)
    recurrent_kernel: Array  # (units, gates · units)
    bias: Array | None = None  # (gates · units,), or (2, gates · units) for GRU with reset_after=True

    @classmethod
    def from_arrays(cls, arrays: Sequence[ArrayLike], dtype: DTypeLike | None = None) -> CellWeights:
        """Take the arrays in the order of Keras's `layer.get_weights()`.

        Args:
            arrays: kernel (features, gates · units), recurrent_kernel (units, gates · units) and, if the layer
                has one, bias.
            dtype: compute in this dtype; None keeps the arrays' own (float64 if they hold integers).

        Raises:
            ValueError: the number of arrays, or the shape of one, cannot belong to a recurrent layer.

        Example:
            >>> weights = CellWeights.from_arrays([np.ones((3, 8)), np.ones((2, 8)), np.zeros(8)])
            >>> weights.features, weights.units, weights.num_gates
            (3, 2, 4)
        """
        if len(arrays) not in (2, 3):
            raise ValueError(
                f"Got {len(arrays)} arrays, expected 2 or 3: kernel, recurrent_kernel and, with use_bias=True, "
                "bias. Pass layer.get_weights() of one recurrent layer."
            )
        wanted = (
            np.result_type(*(_floating(np.asarray(array)) for array in arrays)) if dtype is None else dtype
        )
        return cls(*(np.asarray(array, dtype=wanted) for array in arrays))

    def __post_init__(self) -> None:
        if self.kernel.ndim != 2 or self.recurrent_kernel.ndim != 2:
            raise ValueError(
                f"Got a kernel of shape {self.kernel.shape} and a recurrent_kernel of shape "
                f"{self.recurrent_kernel.shape}, expected (features, gates · units) and (units, gates · units). "
                "Pass the arrays in the order kernel, recurrent_kernel, bias."
            )
        units, joined = self.recurrent_kernel.shape
        if units == 0 or joined % units or self.kernel.shape[1] != joined:
            raise ValueError(
                f"Got a kernel of shape {self.kernel.shape} and a recurrent_kernel of shape "
                f"{self.recurrent_kernel.shape}, expected the same number of columns in both, a multiple of the "
                f"{units} rows (units) of the recurrent_kernel. Take both from the same layer."
            )
        if self.bias is not None and self.bias.shape not in ((joined,), (2, joined)):
            raise ValueError(
                f"Got a bias of shape {self.bias.shape}, expected {(joined,)}, or {(2, joined)} for GRU with "
                "reset_after=True. Take the bias from the same layer as the kernels."
            )

    @property
    def features(self) -> int:
        """Length of the vector that comes in at one timestep."""
        return int(self.kernel.shape[0])

    @property
    def units(self) -> int:
        """Length of the state vector."""
        return int(self.recurrent_kernel.shape[0])

    @property
    def num_gates(self) -> int:
        """How many blocks of `units` columns are joined."""
        return int(self.recurrent_kernel.shape[1]) // self.units

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The dtype that everything is computed in."""
        return self.kernel.dtype

    def gate(self, index: int) -> GateWeights:
        """Cut out the columns of one gate; the arrays are views, not copies."""
        columns = slice(index * self.units, (index + 1) * self.units)
        bias = self.bias
        return GateWeights(
            kernel=self.kernel[:, columns],  # (features, units)
            recurrent_kernel=self.recurrent_kernel[:, columns],  # (units, units)
            bias=None if bias is None else (bias if bias.ndim == 1 else bias[0])[columns],  # (units,)
            recurrent_bias=bias[1, columns] if bias is not None and bias.ndim == 2 else None,  # (units,)
        )


def _floating(array: np.ndarray) -> np.dtype[np.floating]:
    return array.dtype if np.issubdtype(array.dtype, np.floating) else np.dtype(np.float64)
