"""Views of the recurrent layer from inside: units over time, gates, kernels, parameters."""

from __future__ import annotations

from html import escape

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from lstm_course.cells import CELLS, Cell, Trace, terms_of
from lstm_course.cells.weights import GateWeights
from lstm_course.drawing.inside.symbols import in_symbols
from lstm_course.drawing.inside.trace import LayerTrace, network_trace
from lstm_course.drawing.palette import COLOURS
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import keras_side, state
from lstm_course.view.charts import LINES
from lstm_course.view.tables import row, table
from lstm_course.view.views import kit

_MOST_UNITS = 64
_DIVERGING = [COLOURS["negative"][0], "#ffffff", COLOURS["positive"][0]]  # those of the diagram


def traced(prediction: Prediction) -> LayerTrace:
    """Trace the chosen window through the network, and return the first recurrent layer's part.

    Raises:
        ProblemError: while there are no weights yet, or the network cannot be.
    """
    ready = kit.arrays()
    window = np.asarray(ready.X["train"][min(state.session().choice.window, ready.num_samples("train") - 1)])
    found = network_trace(prediction, weights_now(prediction), window)
    return next(layer for layer in found.layers if layer.traces)


def weights_now(prediction: Prediction) -> list[npt.NDArray[np.floating]]:
    """Return the weights of the trained network, or else those that Keras starts from.

    Raises:
        ProblemError: while Keras has not answered.
    """
    run = state.session().run
    if run is not None:
        return list(run.weights)
    observed = keras_side.observation()
    if observed is None or not observed.ok:
        raise ProblemError("The weights come from Keras, which has not answered yet.")
    return [weight.value for weight in observed.weights]


def _note(trained: bool) -> None:
    words = (
        "The network has been trained."
        if trained
        else "The network has not been trained: these are its first weights."
    )
    st.caption(words)


def units_over_time(prediction: Prediction) -> None:
    """Draw the state h of every unit over the timesteps of the chosen window."""
    kit.window_slider(kit.arrays(), "window-of-units")
    trace = traced(prediction).traces[0]
    values = trace.quantity("h").reshape(len(trace.order), -1)[:, :_MOST_UNITS]  # (timesteps, units)
    steps, units = np.indices(values.shape)
    frame = pd.DataFrame(
        {"timestep": np.asarray(trace.order)[steps.ravel()], "unit": units.ravel(), "h": values.ravel()}
    )
    largest = float(np.abs(values).max()) or 1.0  # one depth of colour for one size, on either side of 0
    chart = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X("timestep:O", axis=alt.Axis(labelOverlap=True)),
            y=alt.Y("unit:O", axis=alt.Axis(labelOverlap=True)),
            color=alt.Color("h:Q", scale=_shades(largest)),
            tooltip=["timestep", "unit", alt.Tooltip("h:Q", format=".4f")],
        )
        .properties(height=260)
    )
    st.altair_chart(chart, width="stretch")
    _note(state.session().run is not None)


def _shades(largest: float) -> alt.Scale:
    """The diagram's colours, mixed as there: Vega's own way of mixing leads from white to orange by yellow."""
    return alt.Scale(domain=[-largest, 0, largest], range=_DIVERGING, interpolate="rgb")


def gates_over_time(prediction: Prediction) -> None:
    """Draw gates and states of one unit over the timesteps of the chosen window."""
    kit.window_slider(kit.arrays(), "window-of-gates")
    trace = traced(prediction).traces[0]
    unit = _unit_slider(trace, "gates")
    cell = CELLS[trace.cell]
    names = _drawn_quantities(cell)
    frames = [
        pd.DataFrame({"timestep": trace.order, "quantity": name, "value": _of_unit(trace, symbol, unit)})
        for name, symbol in names.items()
    ]
    chart = (
        alt.Chart(pd.concat(frames))
        .mark_line(point=alt.OverlayMarkDef(size=14))
        .encode(
            x=alt.X("timestep:Q", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("value:Q", title=None),
            color=alt.Color("quantity:N", sort=list(names), legend=LINES),
            strokeDash=alt.StrokeDash("quantity:N", sort=list(names), legend=None),
            tooltip=["timestep", "quantity", alt.Tooltip("value:Q", format=".4f")],
        )
        .properties(height=320)
    )
    st.altair_chart(chart, width="stretch")
    _note(state.session().run is not None)


def _of_unit(trace: Trace, quantity: str, unit: int) -> npt.NDArray[np.floating]:
    return trace.quantity(quantity).reshape(len(trace.order), -1)[:, unit]


def _drawn_quantities(cell: Cell) -> dict[str, str]:
    """Name gates, candidate and states as their equations write them, with their names in a trace.

    The candidate's gate has the letter of the state that it would replace.
    """
    gates = [f"{symbol}_tilde" if symbol in cell.states else symbol for symbol in cell.gates]
    return {in_symbols(symbol): symbol for symbol in (*(gates if len(gates) > 1 else []), *cell.states)}


def _unit_slider(trace: Trace, place: str) -> int:
    last = trace.weights.units - 1
    choice = state.session().choice
    choice.unit = min(choice.unit, last)
    if last == 0:
        return 0
    name = f"unit-{place}"

    def chosen() -> None:
        state.session().choice.unit = state.bound(name)

    st.slider(
        "Unit, counted from 0", 0, last, choice.unit, key=state.bind(name, choice.unit), on_change=chosen
    )
    return choice.unit


def cell_arithmetic(prediction: Prediction) -> None:
    """Take one number apart: the sum that makes it, term by term."""
    trace = traced(prediction).traces[0]
    cell = CELLS[trace.cell]
    unit = _unit_slider(trace, "arithmetic")
    steps = len(trace.order)
    place = st.slider("Timestep", 0, steps - 1, steps - 1, key="arithmetic-step") if steps > 1 else 0
    step = trace.steps[place].sample(0) if trace.steps[place].is_batched else trace.steps[place]
    equations = cell.equations_for(use_bias=trace.weights.bias is not None, **trace.arguments)
    symbols = [equation.symbol for equation in equations]
    picked = st.pills(
        "Quantity", symbols, default=symbols[0], format_func=in_symbols, key="arithmetic-quantity"
    )
    chosen = picked or symbols[0]
    st.latex(next(equation.latex for equation in equations if equation.symbol == chosen))
    terms = terms_of(step, cell, trace.weights, chosen, unit)
    frame = pd.DataFrame(
        {
            "term": in_symbols(term.label),
            "left": term.left,
            "right": term.right,
            "product": term.product,
            "from": term.source,
        }
        for term in terms
    )
    st.dataframe(frame.round(5), width="stretch", hide_index=True, height=min(320, 60 + 35 * len(frame)))
    st.markdown(f"Sum: **{sum(term.product for term in terms):.6f}**")


def parameters(prediction: Prediction) -> None:
    """Show where the parameters are, layer by layer and weight by weight."""
    rows = [
        row(
            escape(f"{layer.keras_name}: {weight.name}"),
            [str(weight.shape), f"{int(np.prod(weight.shape)):,}"],
        )
        for layer in prediction.layers
        for weight in layer.weights
    ]
    st.html(table("lc-figures", ("weight", "shape", "numbers"), rows))
    for layer in prediction.layers:
        if layer.parameters:
            st.caption(f"{layer.keras_name}: {layer.parameter_formula}")
    st.metric("Parameters in all", f"{prediction.parameters:,}")


def kernels(prediction: Prediction) -> None:
    """Cut the joined kernels into gates, and show the size of each block's weights."""
    trace = traced(prediction).traces[0]
    gates = CELLS[trace.cell].split_gates(trace.weights).items()
    rows = [line for gate, weights in gates for line in _blocks(gate, weights)]
    st.html(table("lc-figures", ("gate: block", "shape", "mean", "largest"), rows))
    _note(state.session().run is not None)


def _blocks(gate: str, weights: GateWeights) -> list[str]:
    two_rows = weights.recurrent_bias is not None
    arrays = {
        "kernel": weights.kernel, "recurrent_kernel": weights.recurrent_kernel,
        "bias, row 0" if two_rows else "bias": weights.bias, "bias, row 1": weights.recurrent_bias,
    }  # fmt: skip
    return [
        row(f"{gate}: {name}", [str(array.shape), f"{array.mean():.4f}", f"{np.abs(array).max():.4f}"])
        for name, array in arrays.items()
        if array is not None
    ]  # fmt: skip


def unrolled(prediction: Prediction) -> None:
    """Say where the unrolled layer is to be seen."""
    if state.session().choice.depth != "whole":
        return  # the copies are drawn in the whole diagram only
    layer = prediction.layers[0]
    timesteps = layer.input.shape[1] if layer.input.rank > 1 else 1
    st.caption(
        f"In the diagram: one copy of the cell for each of {timesteps} timesteps, all with the same weights."
    )
