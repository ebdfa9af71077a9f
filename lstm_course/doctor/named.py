"""An array and the name that the program gave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Compared = tuple[int, str, npt.NDArray[Any], npt.NDArray[Any]]
"""A difference that a program computes: its line, as it is written, the prediction and the other side."""


@dataclass(frozen=True)
class Named:
    """An array at the moment at which the program gave it a name."""

    name: str  # the name
    line: int  # line of the program
    array: npt.NDArray[Any]  # the array


def shape_at(history: list[Named], name: str, line: int) -> tuple[int, ...] | None:
    """Give the shape that a name had when a line was reached; None where it held no array."""
    before = [one for one in history if one.name == name and one.line < line]
    return tuple(map(int, np.shape(before[-1].array))) if before else None
