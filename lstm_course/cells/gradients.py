"""How far back a recurrent layer can still feel its input: gradients over lags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm_course.cells.activations import Array
from lstm_course.cells.cell import CELLS, Cell
from lstm_course.cells.unroll import Trace, unroll
from lstm_course.cells.weights import CellWeights


def gradient_over_lags(
    cell: Cell | str,
    x: ArrayLike,
    weights: CellWeights | Sequence[ArrayLike],
    *,
    wrt: str = "x",
    **arguments: Any,
) -> Array:
    """Measure how strongly the last output depends on what came k timesteps earlier.

    Where this falls to nothing, training cannot learn a dependence over that many timesteps: the vanishing
    gradient. Where it grows, training is unstable.

    Args:
        cell: a Cell, or its name.
        x: array of shape (timesteps, features): one window.
        weights: the joined weights, or arrays in the order of `layer.get_weights()`.
        wrt: "x", the input, or the name of a state, "h" or "c", as it left the timestep.
        **arguments: those of `unroll`.

    Returns:
        Array of shape (timesteps,): entry k is the Frobenius norm of the Jacobian of the last output with
        respect to the input (or state) k timesteps earlier; entry 0 is the last timestep processed.

    Raises:
        ValueError: a batch, an unknown wrt, an activation without derivative.

    Example:
        >>> gradient_over_lags("SimpleRNN", [[1.0], [1.0], [1.0]], [[[2.0]], [[0.5]]], activation="linear").tolist()
        [2.0, 1.0, 0.5]

    Source: Y. Bengio, P. Simard and P. Frasconi, "Learning Long-Term Dependencies with Gradient Descent is
    Difficult", 1994.
    """
    return np.array(
        [np.linalg.norm(jacobian) for jacobian in jacobians(unroll(cell, x, weights, **arguments), wrt)]
    )


def jacobians(trace: Trace, wrt: str = "x") -> list[Array]:
    """Compute ∂h_T/∂x_t (or ∂h_T/∂h_t, ∂h_T/∂c_t) for every timestep, by backpropagation through time.

    With respect to a state, the other state at that timestep is held fixed: so ∂h_T/∂c_T is zero at lag 0.

    Args:
        trace: the trace of one sample.
        wrt: "x" or the name of a state.

    Returns:
        One array for each lag, the last timestep first: (units, features) for "x", (units, units) for a state.

    Raises:
        ValueError: a batched trace, or an unknown wrt.

    Example:
        >>> [jacobian.tolist() for jacobian in jacobians(unroll("SimpleRNN", [[0.0], [0.0]], [[[2.0]], [[3.0]]]))]
        [[[2.0]], [[6.0]]]
    """
    cell = CELLS[trace.cell]
    _check(trace, cell, wrt)
    found: list[Array] = []
    gradients = _gradients_of_last_output(trace, cell)
    for step in reversed(trace.steps):
        if wrt in cell.states:
            found.append(gradients[cell.states.index(wrt)])
        if step.skipped is not None and bool(step.skipped):
            d_x = np.zeros((trace.weights.units, trace.weights.features), dtype=trace.weights.dtype)
        else:
            gradients, d_x = cell.pull_back(step, gradients, trace.weights, trace.arguments)
        if wrt == "x":
            found.append(d_x)
    return found


def _gradients_of_last_output(trace: Trace, cell: Cell) -> tuple[Array, ...]:
    # One row for each unit of the last output: all of them go back at once.
    first, *others = (np.zeros((trace.weights.units,) * 2, dtype=trace.weights.dtype) for _ in cell.states)
    if _shows_the_state(trace):
        np.fill_diagonal(first, 1)
    return first, *others


def _shows_the_state(trace: Trace) -> bool:
    # A layer that saw no timestep, or that blanks a masked last one, puts out a constant zero.
    if trace.mask is None:
        return True
    return bool(trace.mask[-1] if trace.zero_output_for_mask else trace.mask.any())


def _check(trace: Trace, cell: Cell, wrt: str) -> None:
    if trace.is_batched:
        raise ValueError(
            f"Got a trace of {trace.outputs.shape[0]} samples, expected one window (timesteps, features). "
            "Take one: trace.sample(0)."
        )
    if wrt != "x" and wrt not in cell.states:
        raise ValueError(
            f"Got wrt={wrt!r}, expected x or one of {cell.name}'s states, {', '.join(cell.states)}. Choose one of them."
        )
