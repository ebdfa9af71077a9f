"""One reading of the window by a recurrent layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_course.cells.unroll import Trace


@dataclass(frozen=True)
class Row:
    """One reading of the window: a row of boxes."""

    states: tuple[str, ...]  # names of the states drawn: ("c", "h") or ("h",)
    backwards: bool  # whether it is read from the end
    trace: Trace | None  # its numbers
    top: float  # top edge of its boxes
    wide: float  # width of a box
    high: float  # height of a box

    @property
    def heights(self) -> tuple[float, ...]:
        """Heights at which the states are handed on."""
        return tuple(
            self.top + self.high * share for share in ((0.45, 0.8) if len(self.states) == 2 else (0.62,))
        )

    def values(self, timestep: int) -> Mapping[str, NDArray[np.floating]]:
        """Give the states after one timestep; empty without numbers."""
        if self.trace is None:
            return {}
        step = self.trace.steps[self.trace.order.index(timestep)]
        return {name: step[name] for name in self.states}
