"""Views of windows and labels: on the series, in the tensor, as lags, with their labels, with padding."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from lstm_course.data import Prepared, Sequences, Series
from lstm_course.drawing.palette import AXIS_COLOURS
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import state
from lstm_course.view.figures import table_in_html
from lstm_course.view.views import kit

_AROUND = 3  # windows of rows shown to each side of the chosen one
_MOST_COLUMNS = 12
_SHAPES = alt.Scale(domain=["row", "window", "label"], range=["circle", "square", "diamond"])
_KINDS = {"row": "#9aa5b4", "window": AXIS_COLOURS["timesteps"][0], "label": AXIS_COLOURS["horizon"][0]}


def windows_on_series(prediction: Prediction) -> None:
    """Drag a window along the series; its label is marked."""
    ready = kit.arrays()
    source = kit.series_of(ready)
    chosen = kit.window_slider(ready, "window-on-series")
    start = int(ready.rows["train"][chosen])
    exp = state.session().exp
    frame = _neighbourhood(ready, source, start, ready.label_rows["train"][chosen])
    kind = "T" if source.times is not None else "Q"
    column = ready.feature_names[0]
    base = alt.Chart(frame).encode(
        x=alt.X(f"time:{kind}", title=None), y=alt.Y("value:Q", title=column, scale=alt.Scale(zero=False))
    )
    marks = base.mark_point(filled=True, size=46).encode(
        color=alt.Color(
            "kind:N", scale=alt.Scale(domain=list(_KINDS), range=list(_KINDS.values())),
            legend=alt.Legend(orient="top", title=None),
        ),
        shape=alt.Shape("kind:N", scale=_SHAPES, legend=None),
        tooltip=["row", f"time:{kind}", "value", "kind"],
    )  # fmt: skip
    st.altair_chart(
        alt.layer(base.mark_line(color="#9aa5b4", strokeWidth=1), marks).properties(height=230),
        width="stretch",
    )
    last = start + exp.timesteps - 1
    labels = ready.label_rows["train"][chosen]
    until = "" if len(labels) == 1 else f" to {labels[-1]}"
    st.caption(
        f"Window {chosen}: rows {start} to {last}. Label: row {labels[0]}{until} ({kit.label(int(labels[0]), source)})."
    )


def _neighbourhood(ready: Prepared, source: Series, start: int, labels: np.ndarray) -> pd.DataFrame:
    exp = state.session().exp
    around = max(12, _AROUND * exp.timesteps)
    first, stop = max(0, start - around), min(source.num_rows, int(labels[-1]) + around)
    rows = np.arange(first, stop)
    kinds = np.full(len(rows), "row", dtype=object)
    kinds[(rows >= start) & (rows < start + exp.timesteps)] = "window"
    kinds[np.isin(rows, labels)] = "label"
    times, _ = kit.times_of(source)
    values = source.frame[ready.feature_names[0]].to_numpy(dtype=float)
    return pd.DataFrame({"row": rows, "time": times[rows], "value": values[rows], "kind": kinds})


def window_tensor(prediction: Prediction) -> None:
    """Show the chosen sample as it lies in the tensor: one line for each timestep, one column for each feature."""
    ready = kit.arrays()
    chosen = kit.window_slider(ready, "window-in-tensor")
    sample = np.asarray(ready.X["train"][chosen])  # (timesteps, features)
    names = list(ready.feature_names) if sample.shape[1] == len(ready.feature_names) else None
    inside = f"{sample.shape[0]} timesteps × {sample.shape[1]} features"
    st.caption(f"X[{chosen}] of X with shape {ready.X['train'].shape}: {inside}.")
    heads = names or [str(place) for place in range(sample.shape[1])]
    _show("timestep", heads, sample)


def lags(prediction: Prediction) -> None:
    """Show the same rows as timesteps of one feature and as features of one timestep."""
    ready = kit.arrays()
    source = kit.series_of(ready)
    exp = state.session().exp
    start = int(ready.rows["train"][kit.window_slider(ready, "window-as-lags")])
    rows = source.values(ready.feature_names)[start : start + exp.timesteps]  # (timesteps, features)
    left, right = st.columns(2)
    left.markdown(f"**as timesteps** · ({exp.timesteps}, {rows.shape[1]})")
    with left:
        _show("timestep", ready.feature_names, rows)
    right.markdown(f"**as features** · (1, {rows.size})")
    with right:
        _show("timestep", _lag_names(*rows.shape), rows.reshape(1, -1))
    right.caption("The same numbers, but the layer takes a single step: no state is handed on.")


def _show(index: str, heads: Sequence[str], values: npt.NDArray[np.generic]) -> None:
    """Write an array with two axes as a table, cut to its first columns."""
    frame = pd.DataFrame(values[:, :_MOST_COLUMNS], columns=list(heads)[:_MOST_COLUMNS])
    frame.insert(0, index, [str(number) for number in range(len(frame))])
    _scrolled(frame, "the numbers of the window")


def _scrolled(frame: pd.DataFrame, name: str) -> None:
    """Write a table that scrolls in its own place, by the keyboard too, when it is long."""
    st.html(
        f'<div class="lc-tall" tabindex="0" role="region" aria-label="{name}">{table_in_html(frame)}</div>'
    )


def _lag_names(timesteps: int, features: int) -> list[str]:
    """Name the columns of a window that lies on the features axis: how far back, and which feature."""
    lags = [f"{timesteps - step} back" for step in range(timesteps)]
    return lags if features == 1 else [f"{lag}, {feature}" for lag in lags for feature in range(features)]


def labels(prediction: Prediction) -> None:
    """Show the labels of the chosen window, with the rows that they come from."""
    ready = kit.arrays()
    chosen = kit.window_slider(ready, "labels-of-window")
    y = np.asarray(ready.y["train"])
    st.caption(f"y[{chosen}] of y with shape {y.shape}.")
    if ready.class_names:
        number = int(ready.truth("train")[chosen])
        st.markdown(
            f"Class **{ready.class_names[number]}**, number {number}; in y it is `{y[chosen].tolist()}`."
        )
        return
    source = kit.series_of(ready)
    rows = ready.label_rows["train"][chosen]
    truth = np.asarray(ready.truth("train")[chosen]).reshape(len(rows), -1)
    scaled = y[chosen].reshape(len(rows), -1)
    frame = pd.DataFrame({"row": [f"{row} ({kit.label(int(row), source)})" for row in rows]})
    for place, name in enumerate(ready.target_names):
        frame[name], frame[f"{name}, scaled"] = truth[:, place], scaled[:, place]
    _scrolled(frame, "the labels of the window")


def padding(prediction: Prediction) -> None:
    """Show some sequences with their padding: which timesteps are data and which are filled up."""
    ready = kit.arrays()
    source = ready.source
    if not isinstance(source, Sequences):
        raise ProblemError(
            "Windows of one series all have the same length; choose japanese_vowels to see padding."
        )
    exp = state.session().exp
    numbers = ready.rows["train"][np.linspace(0, ready.num_samples("train") - 1, 12).astype(int)]
    cells = []
    for number in numbers:
        length = min(int(source.lengths[number]), exp.timesteps)
        first = exp.timesteps - length if exp.padding == "pre" else 0
        for step in range(exp.timesteps):
            what = "frame" if first <= step < first + length else "padding"
            cells.append({"sequence": int(number), "timestep": step, "what": what})
    chart = (
        alt.Chart(pd.DataFrame(cells))
        .mark_rect(stroke="white")
        .encode(
            x=alt.X("timestep:O", title="timestep"),
            y=alt.Y("sequence:O", title="sequence"),
            color=alt.Color(
                "what:N", scale=alt.Scale(domain=["frame", "padding"], range=[AXIS_COLOURS["timesteps"][0], "#d8dde5"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["sequence", "timestep", "what"],
        )
        .properties(height=340)
    )  # fmt: skip
    st.altair_chart(chart, width="stretch")
    for note in ready.notes:
        st.caption(note)
