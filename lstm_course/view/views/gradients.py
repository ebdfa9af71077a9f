"""The view of what reaches the early timesteps of a window: gradients over the lags, of each cell."""

from __future__ import annotations

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from lstm_course.cells import CELLS, CellWeights, Trace, gradient_over_lags
from lstm_course.shapes import Prediction
from lstm_course.view import state
from lstm_course.view.charts import LINES
from lstm_course.view.views.cells import traced


def _measured(trace: Trace, x: npt.NDArray[np.floating]) -> pd.DataFrame:
    """Measure how much of the gradient of the last output reaches the input of each lag."""
    norms = gradient_over_lags(CELLS[trace.cell], x, trace.weights, **trace.arguments)
    return pd.DataFrame({"lag": np.arange(len(norms)), "gradient": norms, "cell": trace.cell})


def gradients(prediction: Prediction) -> None:
    """Draw the gradient over the lags, for this network's cell and for the others with fresh weights."""
    layer = traced(prediction)
    trace = layer.traces[0]
    frames = [_measured(trace, layer.input)]
    frames += [_fresh(name, layer.input, trace.weights.units) for name in CELLS if name != trace.cell]
    chart = (
        alt.Chart(pd.concat(frames))
        .mark_line(point=alt.OverlayMarkDef(size=14))
        .encode(
            x=alt.X("lag:Q", title="timesteps back", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("gradient:Q", title="size of the gradient", scale=alt.Scale(type="log")),
            color=alt.Color("cell:N", legend=LINES),
            strokeDash=alt.StrokeDash("cell:N", legend=None),
            tooltip=["lag", "cell", alt.Tooltip("gradient:Q", format=".3g")],
        )
        .properties(height=320)
    )
    st.altair_chart(chart, width="stretch")
    seed = state.session().exp.seed
    st.caption(
        f"{trace.cell}: the current network. The others: fresh weights drawn with seed {seed}. One window, one draw."
    )


def _fresh(name: str, x: npt.NDArray[np.floating], units: int) -> pd.DataFrame:
    """Measure a cell with first weights as Keras draws them: glorot_uniform, orthogonal, zeros."""
    rng = np.random.default_rng(state.session().exp.seed)
    cell = CELLS[name]
    gates, features = len(cell.gates), x.shape[-1]
    limit = np.sqrt(6 / (features + gates * units))
    kernel = rng.uniform(-limit, limit, (features, gates * units))
    square = np.linalg.qr(rng.normal(size=(gates * units, units)))[
        0
    ].T  # (units, gates * units), orthonormal rows
    bias = np.zeros((2, gates * units)) if name == "GRU" else np.zeros(gates * units)
    if name == "LSTM":
        bias[units : 2 * units] = 1.0  # unit_forget_bias
    weights = CellWeights.from_arrays([kernel, square, bias])
    norms = gradient_over_lags(cell, np.asarray(x, dtype=np.float64), weights)
    return pd.DataFrame({"lag": np.arange(len(norms)), "gradient": norms, "cell": name})
