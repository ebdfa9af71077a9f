"""One step of LSTM.

The gates stand in the joined weights in Keras's order: i, f, c, o.

Source: S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of F. Gers,
J. Schmidhuber and F. Cummins, "Learning to Forget", 2000; `LSTMCell.call` in Keras.
"""

from __future__ import annotations

import numpy as np

from lstm_course.cells.activations import Array, get, slope
from lstm_course.cells.cell import Arguments, Cell, Step, cut, register
from lstm_course.cells.equations import Applied, Equation, Product, affine, latex_call, plain_call
from lstm_course.cells.weights import CellWeights


def advance(
    projected: Array, states: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> dict[str, Array]:
    """Compute one step from x·kernel (…, 4u) and the states h and c (…, u)."""
    activation, recurrent_activation = get(arguments["activation"]), get(arguments["recurrent_activation"])
    h_prev, c_prev = states

    z = projected + h_prev @ weights.recurrent_kernel  # (…, u) @ (u, 4u) → (…, 4u)
    if weights.bias is not None:
        z = z + weights.bias
    z_i, z_f, z_c, z_o = cut(z, 4)  # four of (…, u)

    i = recurrent_activation(z_i)
    f = recurrent_activation(z_f)
    c_tilde = activation(z_c)
    o = recurrent_activation(z_o)

    c = f * c_prev + i * c_tilde
    c_activated = activation(c)
    h = o * c_activated

    pre_activations = {"z_i": z_i, "z_f": z_f, "z_c": z_c, "z_o": z_o}
    return pre_activations | {
        "i": i, "f": f, "c_tilde": c_tilde, "o": o, "c": c, "c_activated": c_activated, "h": h,
    }  # fmt: skip


def pull_back(
    step: Step, gradients: tuple[Array, ...], weights: CellWeights, arguments: Arguments
) -> tuple[tuple[Array, ...], Array]:
    """Carry the gradients of h and c (k, u) back through one step: the chain rule, line by line."""
    activation, recurrent_activation = arguments["activation"], arguments["recurrent_activation"]
    dh, dc = gradients
    s = step.values

    do = dh * s["c_activated"]
    dc = dc + dh * s["o"] * slope(activation, s["c"])
    di, df, dc_tilde = dc * s["c_tilde"], dc * s["c_prev"], dc * s["i"]

    dz = np.concatenate(
        [
            di * slope(recurrent_activation, s["z_i"]),
            df * slope(recurrent_activation, s["z_f"]),
            dc_tilde * slope(activation, s["z_c"]),
            do * slope(recurrent_activation, s["z_o"]),
        ],
        axis=-1,
    )  # (k, 4u)
    dh_prev = dz @ weights.recurrent_kernel.T  # (k, 4u) @ (4u, u) → (k, u)
    return (dh_prev, dc * s["f"]), dz @ weights.kernel.T  # (k, u), (k, u) and (k, features)


def describe(arguments: Arguments, use_bias: bool) -> tuple[Equation, ...]:
    """Write the eleven equations of one step."""
    return (
        affine("i", "What x and the last h say about letting the candidate in.", use_bias),
        affine("f", "What x and the last h say about keeping the old memory.", use_bias),
        affine("c", "What x and the last h propose as new memory.", use_bias),
        affine("o", "What x and the last h say about showing the memory.", use_bias),
        _gate("i", "Input gate: how much of the candidate is written.", arguments),
        _gate("f", "Forget gate: how much of the old memory stays.", arguments),
        _candidate(arguments),
        _gate("o", "Output gate: how much of the memory is shown.", arguments),
        Equation(
            symbol="c",
            latex=r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t",
            plain="cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ",
            sentence="The memory: what is kept of the old one, plus what is let in of the candidate.",
            parts=(Product("f", "c_prev"), Product("i", "c_tilde")),
        ),
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


def _candidate(arguments: Arguments) -> Equation:
    activation = get(arguments["activation"])
    return Equation(
        symbol="c_tilde",
        latex=rf"\tilde{{c}}_t = {latex_call(activation, 'z_c')}",
        plain=f"c̃ₜ = {plain_call(activation, 'z_c')}",
        sentence="The candidate: what could be written into the memory.",
        parts=(Applied("activation", "z_c"),),
        gate="c",
    )


def _output(arguments: Arguments) -> tuple[Equation, Equation]:
    activation = get(arguments["activation"])
    shown, shown_latex = plain_call(activation, "cₜ"), latex_call(activation, "c_t")
    activated = Equation(
        symbol="c_activated",
        latex=rf"c^{{\ast}}_t = {shown_latex}",
        plain=f"c*ₜ = {shown}",
        sentence="The memory, brought into the range of the activation before it is shown.",
        parts=(Applied("activation", "c"),),
    )
    output = Equation(
        symbol="h",
        latex=rf"h_t = o_t \odot {shown_latex}",
        plain=f"hₜ = oₜ ⊙ {shown}",
        sentence="The output, and the state that the next timestep sees: the part of the memory that is shown.",
        parts=(Product("o", "c_activated", right_name=plain_call(activation, "c")),),
    )
    return activated, output


LSTM = register(
    Cell(
        name="LSTM",
        gates=("i", "f", "c", "o"),
        states=("h", "c"),
        defaults={"activation": "tanh", "recurrent_activation": "sigmoid"},
        advance=advance,
        pull_back=pull_back,
        describe=describe,
    )
)
