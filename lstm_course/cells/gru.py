"""One step of GRU, with the reset gate after (Keras's default) or before the recurrent product.

The gates stand in the joined weights in Keras's order: z, r, h. With reset_after=True the bias has two rows:
b for the input, b′ for the recurrent part.

Source: K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014 (reset before);
`GRUCell.call` in Keras, and the cuDNN formulation (reset after).
"""

from __future__ import annotations

import numpy as np

from lstm_course.cells.activations import Array, get, slope
from lstm_course.cells.cell import Arguments, Cell, Step, cut, register
from lstm_course.cells.equations import (
    Applied,
    Bias,
    Equation,
    Part,
    Product,
    Weighted,
    affine,
    latex_call,
    plain_call,
)
from lstm_course.cells.weights import CellWeights


def advance(
    projected: Array, states: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> dict[str, Array]:
    """Compute one step from x·kernel (…, 3u) and the state h (…, u)."""
    activation, recurrent_activation = get(arguments["activation"]), get(arguments["recurrent_activation"])
    (h_prev,) = states
    input_bias, recurrent_bias = _biases(weights)
    kernel_zr, kernel_h = _recurrent_kernels(weights)
    bias_zr, bias_h = recurrent_bias[: 2 * weights.units], recurrent_bias[2 * weights.units :]

    x_z, x_r, x_h = cut(projected + input_bias, 3)  # three of (…, u)
    inner_z, inner_r = cut(h_prev @ kernel_zr + bias_zr, 2)  # two of (…, u)
    z_z, z_r = x_z + inner_z, x_r + inner_r
    z, r = recurrent_activation(z_z), recurrent_activation(z_r)

    if arguments["reset_after"]:
        recurrent_h = h_prev @ kernel_h + bias_h  # (…, u) @ (u, u) → (…, u)
        z_h = x_h + r * recurrent_h
        reset = {"recurrent_h": recurrent_h}
    else:
        reset_h = r * h_prev
        z_h = x_h + reset_h @ kernel_h  # (…, u) @ (u, u) → (…, u)
        reset = {"reset_h": reset_h}

    h_tilde = activation(z_h)
    h = z * h_prev + (1 - z) * h_tilde
    return {"z_z": z_z, "z_r": z_r, "z": z, "r": r} | reset | {"z_h": z_h, "h_tilde": h_tilde, "h": h}


def pull_back(
    step: Step, gradients: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> tuple[tuple[Array, ...], Array]:
    """Carry the gradient of h (k, u) back through one step: the chain rule, line by line."""
    activation, recurrent_activation = arguments["activation"], arguments["recurrent_activation"]
    (dh,) = gradients
    s = step.values
    kernel_zr, kernel_h = _recurrent_kernels(weights)

    dz = dh * (s["h_prev"] - s["h_tilde"])
    dz_h = dh * (1 - s["z"]) * slope(activation, s["z_h"])
    if arguments["reset_after"]:
        dr = dz_h * s["recurrent_h"]
        dh_prev = (dz_h * s["r"]) @ kernel_h.T  # (k, u) @ (u, u) → (k, u)
    else:
        dreset_h = dz_h @ kernel_h.T  # (k, u) @ (u, u) → (k, u)
        dr = dreset_h * s["h_prev"]
        dh_prev = dreset_h * s["r"]

    dz_z = dz * slope(recurrent_activation, s["z_z"])
    dz_r = dr * slope(recurrent_activation, s["z_r"])
    dz_zr = np.concatenate([dz_z, dz_r], axis=-1)  # (k, 2u)
    dh_prev = dh_prev + dh * s["z"] + dz_zr @ kernel_zr.T  # (k, 2u) @ (2u, u) → (k, u)
    return (dh_prev,), np.concatenate([dz_zr, dz_h], axis=-1) @ weights.kernel.T  # (k, u) and (k, features)


def _biases(weights: CellWeights) -> tuple[Array, Array]:
    zeros = np.zeros(3 * weights.units, dtype=weights.dtype)
    if weights.bias is None:
        return zeros, zeros
    return (weights.bias[0], weights.bias[1]) if weights.bias.ndim == 2 else (weights.bias, zeros)


def _recurrent_kernels(weights: CellWeights) -> tuple[Array, Array]:
    border = 2 * weights.units
    return weights.recurrent_kernel[:, :border], weights.recurrent_kernel[:, border:]  # (u, 2u), (u, u)


def describe(arguments: Arguments, use_bias: bool) -> tuple[Equation, ...]:
    """Write the equations of one step, with the reset gate where reset_after puts it."""
    second_bias = arguments["reset_after"]
    reset = _reset_after if arguments["reset_after"] else _reset_before
    return (
        affine("z", "What x and the last h say about keeping the old state.", use_bias, second_bias),
        affine(
            "r",
            "What x and the last h say about using the old state for the candidate.",
            use_bias,
            second_bias,
        ),
        _gate("z", "Update gate: how much of the old state stays.", arguments),
        _gate("r", "Reset gate: how much of the old state the candidate sees.", arguments),
        *reset(use_bias),
        *_output(arguments),
    )


def _gate(gate: str, sentence: str, arguments: Arguments) -> Equation:
    activation = get(arguments["recurrent_activation"])
    return Equation(
        symbol=gate,
        latex=f"{gate}_t = {latex_call(activation, f'z_{gate}')}",
        plain=f"{gate}ₜ = {plain_call(activation, f'z_{gate}')}",
        sentence=sentence,
        parts=(Applied("recurrent_activation", f"z_{gate}"),),
        gate=gate,
    )


def _reset_after(use_bias: bool) -> tuple[Equation, Equation]:
    bias: tuple[Part, ...] = (Bias("h"),) if use_bias else ()
    recurrent_bias: tuple[Part, ...] = (Bias("h", recurrent=True),) if use_bias else ()
    recurrent = Equation(
        symbol="recurrent_h",
        latex=r"u_t = h_{t-1} U_h" + (" + b'_h" if use_bias else ""),
        plain="uₜ = hₜ₋₁·U_h" + (" + b′_h" if use_bias else ""),
        sentence="What the whole old state says about the candidate, before the reset gate.",
        parts=(Weighted("h_prev", "h", recurrent=True), *recurrent_bias),
        gate="h",
    )
    candidate = Equation(
        symbol="z_h",
        latex=r"z_h = x_t W_h" + (" + b_h" if use_bias else "") + r" + r_t \odot u_t",
        plain="z_h = xₜ·W_h" + (" + b_h" if use_bias else "") + " + rₜ ⊙ uₜ",
        sentence="What x proposes, plus as much of the old state's word as the reset gate lets through.",
        parts=(Weighted("x", "h"), *bias, Product("r", "recurrent_h")),
        gate="h",
    )
    return recurrent, candidate


def _reset_before(use_bias: bool) -> tuple[Equation, Equation]:
    bias: tuple[Part, ...] = (Bias("h"),) if use_bias else ()
    reset = Equation(
        symbol="reset_h",
        latex=r"s_t = r_t \odot h_{t-1}",
        plain="sₜ = rₜ ⊙ hₜ₋₁",
        sentence="The old state, as much of it as the reset gate lets through.",
        parts=(Product("r", "h_prev"),),
        gate="h",
    )
    candidate = Equation(
        symbol="z_h",
        latex=r"z_h = x_t W_h + s_t U_h" + (" + b_h" if use_bias else ""),
        plain="z_h = xₜ·W_h + sₜ·U_h" + (" + b_h" if use_bias else ""),
        sentence="What x and the reset old state add up to.",
        parts=(Weighted("x", "h"), Weighted("reset_h", "h", recurrent=True), *bias),
        gate="h",
    )
    return reset, candidate


def _output(arguments: Arguments) -> tuple[Equation, Equation]:
    activation = get(arguments["activation"])
    candidate = Equation(
        symbol="h_tilde",
        latex=rf"\tilde{{h}}_t = {latex_call(activation, 'z_h')}",
        plain=f"h̃ₜ = {plain_call(activation, 'z_h')}",
        sentence="The candidate: what the state could become.",
        parts=(Applied("activation", "z_h"),),
        gate="h",
    )
    output = Equation(
        symbol="h",
        latex=r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde{h}_t",
        plain="hₜ = zₜ ⊙ hₜ₋₁ + (1 − zₜ) ⊙ h̃ₜ",
        sentence="The output, and the state that the next timestep sees: a mixture of the old state and the candidate.",
        parts=(Product("z", "h_prev"), Product("z", "h_tilde", one_minus=True)),
    )
    return candidate, output


GRU = register(
    Cell(
        name="GRU",
        gates=("z", "r", "h"),
        states=("h",),
        defaults={"activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": True},
        advance=advance,
        pull_back=pull_back,
        describe=describe,
    )
)
