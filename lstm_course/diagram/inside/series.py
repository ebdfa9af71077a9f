"""One unit's numbers over all timesteps, and how they are written."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.cells import CELLS
from lstm_course.cells.equations import Equation, Weighted
from lstm_course.cells.unroll import Trace

LARGEST = 32767
MISSING = -32768
FEW_FEATURES = 3
"""Features up to which each one's values go along to the browser."""


@dataclass(frozen=True)
class Written:
    """A series of numbers as whole numbers of `10 ** -decimals`: what is shown, and what the browser gets."""

    decimals: int  # digits after the point; below 0 for very large numbers
    whole: NDArray[np.int16]  # (timesteps,), MISSING where a number is no number

    def text(self, index: int, form: str = "signed") -> str:
        """Write one number: "signed" (+0.120), "plain" (0.120) or "bracketed" (0.120, but (−0.120))."""
        value = int(self.whole[index])
        if value == MISSING:
            return "NaN"
        size = f"{abs(value) / 10**self.decimals:.{max(0, self.decimals)}f}"
        if form == "bracketed":
            return f"(−{size})" if value < 0 else size
        return f"−{size}" if value < 0 else size if form == "plain" else f"+{size}"

    def widest(self, form: str = "signed") -> str:
        """Write the number that takes the most room at any timestep."""
        shown = self.whole[self.whole != MISSING]
        if not len(shown):
            return "NaN"
        known = np.where(self.whole == MISSING, shown[0], self.whole)
        ends = (int(np.argmin(known)), int(np.argmax(known)))
        return max((self.text(index, form) for index in ends), key=len)

    def value(self, index: int) -> float:
        """Give one number as it is shown."""
        whole = int(self.whole[index])
        return float("nan") if whole == MISSING else whole / 10**self.decimals

    def packed(self) -> dict[str, object]:
        """Give the series to the browser: little-endian 16-bit numbers in base64."""
        return {"decimals": self.decimals, "packed": base64.b64encode(self.whole.astype("<i2").tobytes()).decode()}


def write(values: ArrayLike, most_decimals: int = 3) -> Written:
    """Round numbers to what is shown: three decimals, fewer for large ones.

    >>> write([0.12345, -1.0]).text(0), write([1234.5]).text(0)
    ('+0.123', '+1234')
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    largest = float(np.abs(numbers[known]).max()) if known.any() else 0.0
    decimals = most_decimals
    while largest >= 10.0 ** (4 - decimals) or round(largest * 10.0**decimals) > LARGEST:
        decimals -= 1
    whole = np.where(known, np.round(np.where(known, numbers, 0.0) * 10.0**decimals), MISSING)
    return Written(decimals, whole.astype(np.int16))


def unit_series(trace: Trace, unit: int) -> dict[str, NDArray[np.floating]]:
    """Collect every quantity of one unit, (timesteps,) each in the order of processing, without the input."""
    names = [name for name in trace.steps[0] if name != "x"]
    return {name: np.array([step.values[name][unit] for step in trace.steps]) for name in names}


def part_series(trace: Trace, unit: int, equations: tuple[Equation, ...]) -> dict[str, NDArray[np.floating]]:
    """Collect what each weighted part of each equation adds up to, by `part_name`."""
    gates = CELLS[trace.cell].split_gates(trace.weights)
    found: dict[str, NDArray[np.floating]] = {}
    sources: dict[str, NDArray[np.floating]] = {}
    for equation in equations:
        for index, part in enumerate(equation.parts):
            if isinstance(part, Weighted):
                if part.source not in sources:
                    sources[part.source] = trace.quantity(part.source)  # (timesteps, features or units)
                gate = gates[part.gate]
                column = (gate.recurrent_kernel if part.recurrent else gate.kernel)[:, unit]
                found[part_name(equation.symbol, index)] = sources[part.source] @ column  # (timesteps,)
    return found


def part_name(symbol: str, index: int) -> str:
    """Name one part of an equation.

    >>> part_name("z_f", 1)
    'z_f.1'
    """
    return f"{symbol}.{index}"


def input_series(trace: Trace) -> dict[str, NDArray[np.floating]]:
    """Collect the inputs over time as "x.0", "x.1" …, as long as they are few."""
    inputs = trace.quantity("x")  # (timesteps, features)
    if inputs.shape[1] > FEW_FEATURES:
        return {}
    return {f"x.{k}": inputs[:, k] for k in range(inputs.shape[1])}


def written_series(trace: Trace, unit: int, equations: tuple[Equation, ...]) -> Mapping[str, Written]:
    """Collect all that the cell view shows of one unit, as it is shown; states before the first step included."""
    values = unit_series(trace, unit)
    shared = {name: values[name] for name in values if not name.endswith("_prev")}
    written = {name: write(series) for name, series in (shared | part_series(trace, unit, equations)).items()}
    written |= {name: write(series) for name, series in input_series(trace).items()}
    for state in CELLS[trace.cell].states:
        written[state] = write(np.concatenate([values[state], values[f"{state}_prev"][:1]]))
    return written
