"""One step of SimpleRNN: no gates, one state.

Source: J. Elman, "Finding Structure in Time", 1990; `SimpleRNNCell.call` in Keras.
"""

from __future__ import annotations

from lstm_course.cells.activations import Array, get, slope
from lstm_course.cells.cell import Arguments, Cell, Step, register
from lstm_course.cells.equations import Applied, Equation, affine, latex_call, plain_call
from lstm_course.cells.weights import CellWeights


def advance(
    projected: Array, states: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> dict[str, Array]:
    """Compute one step from x·kernel (…, u) and the state h (…, u)."""
    (h_prev,) = states

    z_h = projected + h_prev @ weights.recurrent_kernel  # (…, u) @ (u, u) → (…, u)
    if weights.bias is not None:
        z_h = z_h + weights.bias

    return {"z_h": z_h, "h": get(arguments["activation"])(z_h)}


def pull_back(
    step: Step, gradients: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> tuple[tuple[Array, ...], Array]:
    """Carry the gradient of h (k, u) back through one step."""
    (dh,) = gradients
    dz = dh * slope(arguments["activation"], step["z_h"])  # (k, u)
    return (dz @ weights.recurrent_kernel.T,), dz @ weights.kernel.T  # (k, u) and (k, features)


def describe(arguments: Arguments, use_bias: bool) -> tuple[Equation, ...]:
    """Write the two equations of one step."""
    activation = get(arguments["activation"])
    return (
        affine("h", "What x and the last h add up to.", use_bias),
        Equation(
            symbol="h",
            latex=f"h_t = {latex_call(activation, 'z_h')}",
            plain=f"hₜ = {plain_call(activation, 'z_h')}",
            sentence="The output, and the state that the next timestep sees: replaced as a whole at each step.",
            parts=(Applied("activation", "z_h"),),
            gate="h",
        ),
    )


SIMPLE_RNN = register(
    Cell(
        name="SimpleRNN",
        gates=("h",),
        states=("h",),
        defaults={"activation": "tanh"},
        advance=advance,
        pull_back=pull_back,
        describe=describe,
    )
)
