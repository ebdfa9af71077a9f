"""A cell applied to one timestep after another, with every number kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_course.cells.activations import Array
from lstm_course.cells.cell import CELLS, Cell, Step, check_states, find_cell
from lstm_course.cells.weights import CellWeights

Mask = NDArray[np.bool_]
"""True where a timestep counts, False where it is skipped; as Keras's masks."""


@dataclass(frozen=True)
class Trace:
    """Everything a recurrent layer computed for one window, or for a batch of them.

    Arrays have shape (timesteps, …) for one sample and (samples, timesteps, …) for a batch. Timesteps stand in
    the order in which they were processed; `order` says which input timestep each of them was.
    """

    cell: str  # the name of the cell that computed it, a key of CELLS
    weights: CellWeights  # the weights it was computed with, the same at each timestep
    arguments: Mapping[str, Any]  # the cell's arguments, complete
    stacked: Mapping[str, Array]  # every quantity over time, by name, (…, timesteps, units); "x" has features
    steps: tuple[Step, ...]  # one for each timestep, as processed; its numbers are views of the stacked ones
    order: tuple[int, ...]  # input timestep of each step: 0, 1, …, or T-1, …, 0 with go_backwards
    outputs: Array  # (timesteps, units) or (samples, timesteps, units): what return_sequences=True gives
    initial_states: tuple[Array, ...]  # before the first step, (units,) or (samples, units)
    final_states: tuple[Array, ...]  # after the last step: what return_state=True adds
    mask: Mask | None = None  # as processed, (…, timesteps); None: every timestep counts
    zero_output_for_mask: bool = False  # whether masked outputs are zero instead of repeated

    @property
    def last_output(self) -> Array:
        """The output of the last step, (units,) or (samples, units): what return_sequences=False gives."""
        return self.outputs[..., -1, :]

    @property
    def is_batched(self) -> bool:
        """Whether the arrays have a samples axis in front."""
        return self.outputs.ndim == 3

    def quantity(self, name: str) -> Array:
        """Give one quantity over time, (timesteps, units) or (samples, timesteps, units)."""
        if name not in self.stacked:
            raise KeyError(
                f"Got {name!r}, expected one of {', '.join(self.stacked)}. Name a quantity of the cell."
            )
        return self.stacked[name]

    @property
    def states(self) -> dict[str, Array]:
        """Every state over time: name to (timesteps, units) or (samples, timesteps, units)."""
        return {name: self.quantity(name) for name in CELLS[self.cell].states}

    def sample(self, index: int) -> Trace:
        """Take one sample out of a batched trace."""
        if not self.is_batched:
            raise ValueError("Got a trace of one sample, expected one of a batch. Use the trace as it is.")
        stacked = {name: values[index] for name, values in self.stacked.items()}
        return replace(
            self,
            stacked=stacked,
            steps=_views([step.sample(index) for step in self.steps], stacked),
            outputs=self.outputs[index],
            initial_states=tuple(state[index] for state in self.initial_states),
            final_states=tuple(state[index] for state in self.final_states),
            mask=None if self.mask is None else self.mask[index],
        )


def unroll(
    cell: Cell | str,
    x: ArrayLike,
    weights: CellWeights | Sequence[ArrayLike],
    *,
    initial_states: Sequence[ArrayLike] | None = None,
    go_backwards: bool = False,
    mask: ArrayLike | None = None,
    zero_output_for_mask: bool = False,
    **arguments: Any,
) -> Trace:
    """Apply a cell to each timestep in turn, handing the states along.

    At a masked timestep the states stay as they are and the output of the timestep before is repeated; before
    the first timestep that counts, the output is zero, whatever the initial state. So it is in Keras.

    Args:
        cell: a registered Cell, or its name.
        x: array of shape (timesteps, features) or (samples, timesteps, features), at least one timestep.
        weights: the joined weights, or arrays in the order of `layer.get_weights()`.
        initial_states: one array of shape (units,) or (samples, units) for each state; None: zeros.
        go_backwards: process the last timestep first; outputs then come in that order too.
        mask: booleans of shape (timesteps,) or (samples, timesteps), True where a timestep counts.
        zero_output_for_mask: give zeros at masked timesteps instead of repeating the output.
        **arguments: the cell's arguments, such as activation="tanh".

    Returns:
        The Trace, computed in the dtype of the weights.

    Raises:
        ValueError: shapes that do not fit, an unknown cell or argument.

    Example:
        >>> trace = unroll("SimpleRNN", [[1.0], [2.0], [4.0]], [[[1.0]], [[0.5]]], activation="linear")
        >>> trace.outputs.ravel().tolist()
        [1.0, 2.5, 5.25]

    Source: `keras.backend.rnn`.
    """
    kind = find_cell(cell)
    joined = weights if isinstance(weights, CellWeights) else CellWeights.from_arrays(weights)
    complete = kind.complete(arguments)
    kind.check(joined, complete)
    inputs = _check_input(x, joined)
    timesteps_mask = _check_mask(mask, inputs)
    before = _check_initial(kind, initial_states, inputs, joined)

    order = range(inputs.shape[-2])[:: -1 if go_backwards else 1]
    projected = inputs @ joined.kernel  # (…, timesteps, features) @ (features, g·u) → (…, timesteps, g·u)
    steps: list[Step] = []
    states = before
    for t in order:
        with np.errstate(
            over="ignore", invalid="ignore"
        ):  # what grows without limit becomes inf, as in Keras
            step = kind.advanced(inputs[..., t, :], projected[..., t, :], states, joined, complete)
        if timesteps_mask is not None:
            step = _carry_along(kind, step, ~timesteps_mask[..., t])
        steps.append(step)
        states = tuple(step.values[name] for name in kind.states)

    processed = None if timesteps_mask is None else timesteps_mask[..., list(order)]
    stacked = {name: np.stack([step.values[name] for step in steps], axis=-2) for name in steps[0]}
    outputs = _outputs(kind, stacked, processed, zero_output_for_mask)
    return Trace(
        cell=kind.name,
        weights=joined,
        arguments=complete,
        stacked=stacked,
        steps=_views(steps, stacked),
        order=tuple(order),
        outputs=outputs,
        initial_states=before,
        final_states=states,
        mask=processed,
        zero_output_for_mask=zero_output_for_mask,
    )


def _carry_along(cell: Cell, step: Step, skipped: Mask) -> Step:
    carried = {
        name: np.where(skipped[..., None], step.values[f"{name}_prev"], step.values[name])
        for name in cell.states
    }
    return replace(step, values=dict(step.values) | carried, skipped=skipped)


def _views(steps: Sequence[Step], stacked: Mapping[str, Array]) -> tuple[Step, ...]:
    """Let each step look into the stacked numbers, so that they are kept once."""
    return tuple(
        replace(step, values={name: values[..., place, :] for name, values in stacked.items()})
        for place, step in enumerate(steps)
    )


def _outputs(cell: Cell, stacked: Mapping[str, Array], mask: Mask | None, zero: bool) -> Array:
    outputs = stacked[cell.states[0]].copy()  # (…, timesteps, units)
    if mask is None:
        return outputs
    # Carried states repeat the output by themselves, except before the first timestep that counts.
    shown = mask if zero else np.logical_or.accumulate(mask, axis=-1)
    return np.where(shown[..., None], outputs, 0)


def _check_input(x: ArrayLike, weights: CellWeights) -> Array:
    inputs = np.asarray(x, dtype=weights.dtype)
    if inputs.ndim not in (2, 3):
        raise ValueError(
            f"Got x of shape {inputs.shape}, expected (timesteps, features) or (samples, timesteps, features). "
            "Reshape x; one feature still needs its axis: x[..., np.newaxis]."
        )
    if inputs.shape[-1] != weights.features:
        raise ValueError(
            f"Got x of shape {inputs.shape}, that is {inputs.shape[-1]} features, expected {weights.features}, "
            "the rows of the kernel. Pass as many features as the weights were made for."
        )
    if inputs.shape[-2] == 0:
        raise ValueError(
            f"Got x of shape {inputs.shape}, expected at least 1 timestep. Pass a longer window."
        )
    return inputs


def _check_mask(mask: ArrayLike | None, inputs: Array) -> Mask | None:
    if mask is None:
        return None
    checked = np.asarray(mask, dtype=bool)
    if checked.shape != inputs.shape[:-1]:
        raise ValueError(
            f"Got a mask of shape {checked.shape}, expected {inputs.shape[:-1]} for x of shape {inputs.shape}. "
            "Pass one boolean for each timestep."
        )
    return checked


def _check_initial(
    cell: Cell, initial_states: Sequence[ArrayLike] | None, inputs: Array, weights: CellWeights
) -> tuple[Array, ...]:
    if initial_states is None:
        return cell.zero_states(weights, inputs.shape[0] if inputs.ndim == 3 else None)
    states = tuple(np.asarray(state, dtype=weights.dtype) for state in initial_states)
    check_states(cell, states, (*inputs.shape[:-2], weights.units))
    return states
