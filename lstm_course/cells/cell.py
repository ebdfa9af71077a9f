"""What every recurrent cell offers: one step, its equations, its gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.cells.activations import Array
from lstm_course.cells.equations import Equation
from lstm_course.cells.weights import CellWeights, GateWeights

Arguments = Mapping[str, Any]
"""A cell's arguments by their Keras names: activation, recurrent_activation, reset_after."""

Advance = Callable[[Array, tuple[Array, ...], CellWeights, Arguments], dict[str, Array]]
"""(x·kernel, states, weights, arguments) → every quantity of the step, in order of computation."""

PullBack = Callable[["Step", tuple[Array, ...], CellWeights, Arguments], tuple[tuple[Array, ...], Array]]
"""(step, gradients of its states, weights, arguments) → gradients of the states before and of x."""

Describe = Callable[[Arguments, bool], tuple[Equation, ...]]
"""(arguments, use_bias) → the equations in order of computation."""

CELLS: dict[str, Cell] = {}
"""Every cell by the name of its Keras layer. A new cell registers itself here."""


@dataclass(frozen=True)
class Step:
    """Every number of one timestep, by name, in order of computation."""

    values: Mapping[str, Array]  # name to array (…, units); "x" has (…, features)
    arguments: Arguments  # the arguments it was computed with, complete
    skipped: NDArray[np.bool_] | None = None  # (samples,) or (): True where a mask carried the states along

    def __getitem__(self, name: str) -> Array:
        if name not in self.values:
            raise KeyError(
                f"Got {name!r}, expected one of {', '.join(self.values)}. Name a quantity of this step."
            )
        return self.values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    @property
    def is_batched(self) -> bool:
        """Whether the arrays have a samples axis in front."""
        return self.values["x"].ndim > 1

    def sample(self, index: int) -> Step:
        """Take one sample out of a batched step."""
        if not self.is_batched:
            raise ValueError(
                "Got a step of one sample, expected (samples, units) arrays. Use the step as it is."
            )
        skipped = None if self.skipped is None else self.skipped[index]
        return replace(
            self, values={name: value[index] for name, value in self.values.items()}, skipped=skipped
        )


@dataclass(frozen=True)
class Cell:
    """One kind of recurrent cell: plain functions, and the names of what they work on."""

    name: str  # the Keras layer's class name
    gates: tuple[str, ...]  # letters of the gates, in the order of the joined weights
    states: tuple[str, ...]  # names of what is handed to the next timestep; the first is also the output
    defaults: Arguments  # the arguments the cell takes, with Keras's defaults
    advance: Advance  # one step, once x·kernel is known
    pull_back: PullBack  # the same step backwards: the chain rule
    describe: Describe  # the equations for given arguments

    def step(
        self, x_t: ArrayLike, states: Sequence[ArrayLike], weights: CellWeights, **arguments: Any
    ) -> Step:
        """Compute one timestep, and keep every number on the way.

        Args:
            x_t: array of shape (features,) or (samples, features).
            states: one array of shape (units,) or (samples, units) for each of `self.states`.
            weights: the joined weights.
            **arguments: those in `self.defaults`, such as activation="tanh".

        Returns:
            The Step; its arrays have shape (units,) or (samples, units).

        Raises:
            ValueError: the shapes do not fit, or the cell has no such argument.

        Example:
            >>> from lstm_course.cells import CELLS
            >>> weights = CellWeights.from_arrays([[[1.0]], [[0.5]], [0.0]])
            >>> step = CELLS["SimpleRNN"].step([2.0], [[4.0]], weights, activation="linear")
            >>> {name: value.tolist() for name, value in step.values.items()}
            {'x': [2.0], 'h_prev': [4.0], 'z_h': [4.0], 'h': [4.0]}
        """
        complete = self.complete(arguments)
        self.check(weights, complete)
        x = np.asarray(x_t, dtype=weights.dtype)
        before = tuple(np.asarray(state, dtype=weights.dtype) for state in states)
        self._check_step(x, before, weights)
        return self.advanced(x, x @ weights.kernel, before, weights, complete)

    def advanced(
        self,
        x: Array,
        projected: Array,
        before: tuple[Array, ...],
        weights: CellWeights,
        arguments: Arguments,
    ) -> Step:
        """Compute one timestep from arrays that are known to fit, with x·kernel given."""
        given = {"x": x} | {f"{name}_prev": state for name, state in zip(self.states, before, strict=True)}
        return Step(given | self.advance(projected, before, weights, arguments), arguments)

    @property
    def equations(self) -> tuple[Equation, ...]:
        """The equations with Keras's default arguments, in order of computation."""
        return self.equations_for()

    def equations_for(self, use_bias: bool = True, **arguments: Any) -> tuple[Equation, ...]:
        """Write the equations for these arguments, in order of computation."""
        return self.describe(self.complete(arguments), use_bias)

    def split_gates(self, weights: CellWeights) -> dict[str, GateWeights]:
        """Cut the joined weights into the parts that belong to each gate.

        Example:
            >>> from lstm_course.cells import CELLS
            >>> weights = CellWeights.from_arrays([np.zeros((1, 8)), np.zeros((2, 8)), [0, 0, 1, 1, 0, 0, 0, 0]])
            >>> CELLS["LSTM"].split_gates(weights)["f"].bias.tolist()
            [1.0, 1.0]
        """
        self._check_gates(weights)
        return {gate: weights.gate(index) for index, gate in enumerate(self.gates)}

    def complete(self, arguments: Arguments) -> Arguments:
        """Fill in Keras's defaults for the arguments that are not given."""
        unknown = sorted(set(arguments) - set(self.defaults))
        if unknown:
            raise ValueError(
                f"Got the argument {', '.join(unknown)}, but a {self.name} cell takes {', '.join(self.defaults)}. "
                "Leave it out."
            )
        return MappingProxyType({**self.defaults, **arguments})

    def check(self, weights: CellWeights, arguments: Arguments) -> None:
        """Refuse weights that belong to another kind of cell."""
        self._check_gates(weights)
        joined = len(self.gates) * weights.units
        expected = (2, joined) if arguments.get("reset_after", False) else (joined,)
        if weights.bias is not None and weights.bias.shape != expected:
            given = ", ".join(f"{name}={arguments[name]}" for name in ("reset_after",) if name in arguments)
            raise ValueError(
                f"Got a bias of shape {weights.bias.shape}, expected {expected} for {self.name}"
                f"({weights.units}{', ' + given if given else ''}). "
                + ("Change reset_after, or take" if given else "Take")
                + " the bias from the same layer as the kernels."
            )

    def zero_states(self, weights: CellWeights, num_samples: int | None = None) -> tuple[Array, ...]:
        """Make the states that Keras starts with: zeros, (units,) or (samples, units)."""
        shape = (weights.units,) if num_samples is None else (num_samples, weights.units)
        return tuple(np.zeros(shape, dtype=weights.dtype) for _ in self.states)

    def _check_gates(self, weights: CellWeights) -> None:
        if weights.num_gates != len(self.gates):
            raise ValueError(
                f"Got a recurrent_kernel of shape {weights.recurrent_kernel.shape}, that is {weights.num_gates} gates, "
                f"expected {len(self.gates)} ({', '.join(self.gates)}) for {self.name}: "
                f"{(weights.units, len(self.gates) * weights.units)}. Pass the weights of a {self.name} layer."
            )

    def _check_step(self, x: Array, before: tuple[Array, ...], weights: CellWeights) -> None:
        if x.ndim not in (1, 2) or x.shape[-1] != weights.features:
            raise ValueError(
                f"Got x_t of shape {x.shape}, expected (features,) or (samples, features) with features="
                f"{weights.features}, the rows of the kernel. Pass one timestep; for a sequence use unroll."
            )
        check_states(self, before, (*x.shape[:-1], weights.units))


def check_states(cell: Cell, states: tuple[Array, ...], expected: tuple[int, ...]) -> None:
    """Refuse states that are too few, too many, or of another shape than expected."""
    shapes = [state.shape for state in states]
    if shapes != [expected] * len(cell.states):
        raise ValueError(
            f"Got {len(shapes)} states of shapes {shapes}, expected {len(cell.states)} ({', '.join(cell.states)}) "
            f"of shape {expected} for {cell.name}. Pass one array for each state."
        )


def register(cell: Cell) -> Cell:
    """Add a cell to CELLS, under its name."""
    if cell.name in CELLS:
        raise ValueError(f"Got a second cell named {cell.name!r}, expected a new name. Rename it.")
    CELLS[cell.name] = cell
    return cell


def find_cell(cell: Cell | str) -> Cell:
    """Look a registered cell up, by its name or by itself."""
    name = cell.name if isinstance(cell, Cell) else cell
    if name not in CELLS:
        raise ValueError(
            f"Got the cell {name!r}, expected one of {', '.join(CELLS)}. Name it as its Keras layer, or register it."
        )
    return CELLS[name]


def cut(joined: Array, num_gates: int) -> tuple[Array, ...]:
    """Cut (…, gates · units) into one view of shape (…, units) for each gate."""
    units = joined.shape[-1] // num_gates
    return tuple(joined[..., k * units : (k + 1) * units] for k in range(num_gates))
