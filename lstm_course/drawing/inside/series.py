"""One unit's numbers over all timesteps, and how they are written."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.cells import CELLS
from lstm_course.cells.equations import Bias, Equation, Part, Product, Weighted
from lstm_course.cells.unroll import Trace
from lstm_course.cells.weights import GateWeights

LARGEST = 32767
LARGEST_PRECISE = 2**31 - 1
MISSING = -32768
MANY_PRODUCTS = 64
"""Products from which a part of a sum is found by subtraction, which costs the last digit of very large numbers."""
FEW_FEATURES = 3
"""Features up to which each one's values go along to the browser."""


@dataclass(frozen=True, eq=False)
class Written:
    """A series of numbers as whole numbers of `10 ** -decimals`: what is shown, and what the browser gets."""

    decimals: int  # digits after the point; below 0 for very large numbers
    whole: NDArray[np.int32]  # (timesteps,), MISSING where a number is no number
    bits: int = 16  # what one of them takes in the browser's copy

    def text(self, index: int, form: str = "signed") -> str:
        """Write one number.

        Args:
            index: which one.
            form: "signed" (+0.120), "plain" (0.120), "bracketed" (0.120, but (−0.120)), or for what comes from the
                table, where a number may be missing, "value" (0.120) and "row" (row 12).
        """
        value = int(self.whole[index])
        if value == MISSING:
            return {"row": "padding", "value": "no value"}.get(form, "NaN")
        if form == "row":
            return f"row {value}"
        size = self._size(abs(value))
        if form == "bracketed":
            return f"(−{size})" if value < 0 else size
        return f"−{size}" if value < 0 else size if form in ("plain", "value") else f"+{size}"

    def _size(self, whole: int) -> str:
        if self.decimals >= 0 or not whole:
            return f"{whole / 10**self.decimals:.{max(0, self.decimals)}f}"
        digits = str(whole)
        return f"{digits[0]}.{digits[1:2] or '0'}e{len(digits) - 1 - self.decimals}"

    def widest(self, form: str = "signed") -> str:
        """Write the number that takes the most room at any timestep."""
        return max((self.text(index, form) for index in self._ends), key=len)

    def largest(self) -> float:
        """Give the greatest size of a number, as it is shown."""
        return max(abs(value) if (value := self.value(index)) == value else 0.0 for index in self._ends)

    @cached_property
    def _ends(self) -> tuple[int, int]:
        known = np.where(self.whole == MISSING, 0, self.whole)
        return int(np.argmin(known)), int(np.argmax(known))

    def value(self, index: int) -> float:
        """Give one number as it is shown."""
        whole = int(self.whole[index])
        return float("nan") if whole == MISSING else whole / 10**self.decimals

    def packed(self) -> dict[str, object]:
        """Give the series to the browser: little-endian whole numbers in base64; one, if all are the same."""
        kind = "<i2" if self.bits == 16 else "<i4"
        wide = {} if self.bits == 16 else {"bits": self.bits}
        sent = self.whole[:1] if (self.whole == self.whole[0]).all() else self.whole
        return {
            "decimals": self.decimals,
            "packed": base64.b64encode(sent.astype(kind).tobytes()).decode(),
        } | wide


def write(values: ArrayLike) -> Written:
    """Round numbers to what is shown: three decimals, fewer for large ones.

    >>> write([0.12345, -1.0]).text(0), write([1234.5]).text(0), write([1234567.0]).text(0)
    ('+0.123', '+1234', '+1.2e6')
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    largest = float(np.abs(numbers[known]).max()) if known.any() else 0.0
    decimals = 3
    while (decimals > 0 and largest >= 10.0 ** (4 - decimals)) or round(largest * 10.0**decimals) > LARGEST:
        decimals -= 1
    return Written(decimals, _rounded(numbers, known, decimals))


def write_exactly(values: ArrayLike) -> Written:
    """Round numbers of the table to the digits that they have, three decimals at most.

    >>> write_exactly([118.0, 12.5]).text(0, "plain"), write_exactly([1234567.0]).text(0, "plain")
    ('118.0', '1234567')
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    shown = numbers[known]
    exact = (d for d in range(3) if np.allclose(shown, np.round(shown, d), rtol=0, atol=1e-6))
    decimals = next(exact, 3)
    largest = float(np.abs(shown).max()) if len(shown) else 0.0
    while round(largest * 10.0**decimals) > LARGEST_PRECISE:
        decimals -= 1
    bits = 16 if round(largest * 10.0**decimals) <= LARGEST else 32
    return Written(decimals, _rounded(numbers, known, decimals), bits)


def _rounded(numbers: NDArray[np.float64], known: NDArray[np.bool_], decimals: int) -> NDArray[np.int32]:
    whole = np.where(known, np.round(np.where(known, numbers, 0.0) * 10.0**decimals), MISSING)
    return np.asarray(whole, dtype=np.int32)


def unit_series(trace: Trace, unit: int) -> dict[str, NDArray[np.floating]]:
    """Collect every quantity of one unit, (timesteps,) each in the order of processing, without the input."""
    return {name: values[:, unit] for name, values in trace.stacked.items() if name != "x"}


def part_series(trace: Trace, unit: int, equations: tuple[Equation, ...]) -> dict[str, NDArray[np.floating]]:
    """Collect what each weighted part of each equation adds up to, by `part_name`.

    One of hundreds of products at each timestep is what the others leave of the whole, and not made again.
    """
    gates = CELLS[trace.cell].split_gates(trace.weights)
    found: dict[str, NDArray[np.floating]] = {}
    for equation in equations:
        parts = dict(enumerate(equation.parts))
        widths = {
            k: trace.quantity(part.source).shape[1] for k, part in parts.items() if isinstance(part, Weighted)
        }
        left = max(widths, key=widths.__getitem__) if max(widths.values(), default=0) > MANY_PRODUCTS else -1
        needed = parts if left >= 0 else widths
        values = {k: _part_values(parts[k], trace, unit, gates) for k in needed if k != left}
        if left >= 0:
            values[left] = trace.quantity(equation.symbol)[:, unit] - sum(values.values())
        found |= {part_name(equation.symbol, k): values[k] for k in widths}
    return found


def _part_values(
    part: Part, trace: Trace, unit: int, gates: Mapping[str, GateWeights]
) -> NDArray[np.floating]:
    """Give what one part of a sum adds to it over time; a scalar for a bias."""
    match part:
        case Weighted(source=source, gate=gate, recurrent=recurrent):
            weights = gates[gate].recurrent_kernel if recurrent else gates[gate].kernel
            return np.asarray(trace.quantity(source) @ weights[:, unit])
        case Bias(gate=gate, recurrent=recurrent):
            vector = gates[gate].recurrent_bias if recurrent else gates[gate].bias
            return np.asarray(0.0 if vector is None else vector[unit])
        case Product(left=left, right=right, one_minus=one_minus):
            factor = trace.quantity(left)[:, unit]
            return np.asarray((1 - factor if one_minus else factor) * trace.quantity(right)[:, unit])
    raise ValueError(f"Got {part!r}, expected a part of a sum: weights, a bias or a product.")


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
