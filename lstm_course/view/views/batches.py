"""Views of batches and of the meeting of labels and output."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from lstm_course.drawing.palette import AXIS_COLOURS
from lstm_course.shapes import Prediction
from lstm_course.shapes.compare import Comparison, aligned
from lstm_course.view import state
from lstm_course.view.style import axis_word
from lstm_course.view.tables import row, table
from lstm_course.wording import counted

_MOST_BATCHES = 400
_MOST_TERMS = 16


def comparator(prediction: Prediction) -> None:
    """Set the output's shape against the labels', axis by axis."""
    found = prediction.comparison
    if found is None:
        st.error("There is no output to compare: the network ends below.", icon=":material/error:")
        return
    rows = "".join(_stretched_rows(found) if found.verdict == "broadcast" else _plain_rows(found))
    st.html(
        "<table style='width:100%;border-collapse:collapse'><thead><tr><th align='left'>axis</th>"
        f"<th align='left'>output</th><th align='left'>labels</th><th></th></tr></thead><tbody>{rows}</tbody></table>"
    )
    tell = st.success if found.is_right else (st.error if found.verdict == "refused" else st.warning)
    tell(f"{found.sentence} {found.fix}", icon=":material/check:" if found.is_right else ":material/warning:")


def _plain_rows(found: Comparison) -> list[str]:
    return [_axis_row(found, place) for place in range(max(found.label.rank, found.output.rank))]


def _stretched_rows(found: Comparison) -> list[str]:
    """Set the axes against each other as the loss does: from the last one back, an absent one as a 1."""
    label, output = aligned(found.label.shape, found.output.shape)
    rank = max(len(label), len(output))
    rows = []
    for back in range(rank, 0, -1):
        sides = [
            (shape[-back] if back <= len(shape) else 1, axes[len(shape) - back] if back <= len(shape) else "")
            for shape, axes in ((output, found.output.axes), (label, (*found.label.axes, "")))
        ]
        cells = [axis_word(axis, f"{size:,} {axis}") if axis else f"{size:,}" for size, axis in sides]
        mark = "=" if sides[0][0] == sides[1][0] else "stretched"
        rows.append(f"<tr><td>−{back}</td><td>{cells[0]}</td><td>{cells[1]}</td><td><b>{mark}</b></td></tr>")
    return rows


def _axis_row(found: Comparison, place: int) -> str:
    output = _axis(found.output.shape, found.output.axes, place)
    label = _axis(found.label.shape, found.label.axes, place)
    sizes = [shape[place : place + 1] for shape in (found.output.shape, found.label.shape)]
    mark = "=" if sizes[0] == sizes[1] else ("≈" if found.is_right else "≠")
    return f"<tr><td>{place}</td><td>{output}</td><td>{label}</td><td><b>{mark}</b></td></tr>"


def _axis(shape: tuple[int, ...], axes: tuple[str, ...], place: int) -> str:
    return axis_word(axes[place], f"{shape[place]:,} {axes[place]}") if place < len(shape) else "—"


def loss_terms(prediction: Prediction) -> None:
    """Show which output meets which label in the loss, for a batch cut to a few samples."""
    found = prediction.comparison
    if found is None or found.verdict == "refused":
        comparator(prediction)
        return
    st.metric(
        "Terms in the loss of one batch", f"{found.num_terms:,} for {counted(found.num_labels, 'label')}"
    )
    pairs = _pairs(found)
    chart = (
        alt.Chart(pairs)
        .mark_rect(stroke="white")
        .encode(
            x=alt.X("label:O", title="label of sample"),
            y=alt.Y("output:O", title="output of sample"),
            color=alt.Color(
                "meets:N", scale=alt.Scale(domain=["its own label", "a label of another sample", "no"],
                                           range=[AXIS_COLOURS["horizon"][0], "#b3231a", "#e6e9ee"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=["output", "label", "meets"],
        )
        .properties(height=260)
    )  # fmt: skip
    st.altair_chart(chart, width="stretch")


def _pairs(found: Comparison) -> pd.DataFrame:
    """Which sample's output meets which sample's label, found by broadcasting the numbers of the samples."""
    size = min(_MOST_TERMS, found.output.shape[0])
    label, output = aligned((size, *found.label.shape[1:]), (size, *found.output.shape[1:]))
    outputs, labels = _numbered(output), _numbered(label)
    if found.is_right:
        meets = {(place, place) for place in range(size)}
    else:
        left, right = np.broadcast_arrays(outputs, labels)
        meets = set(zip(left.ravel().tolist(), right.ravel().tolist(), strict=True))
    return pd.DataFrame(
        {"output": output, "label": label, "meets": _meeting(output, label, meets)}
        for output in range(size)
        for label in range(size)
    )


def _numbered(shape: tuple[int, ...]) -> np.ndarray:
    """Array of a shape in which every value is the number of its sample."""
    return np.broadcast_to(np.arange(shape[0]).reshape(-1, *(1,) * (len(shape) - 1)), shape)


def _meeting(output: int, label: int, meets: set[tuple[int, int]]) -> str:
    if (output, label) not in meets:
        return "no"
    return "its own label" if output == label else "a label of another sample"


def batches(prediction: Prediction) -> None:
    """Show one epoch as a row of batches, each with its number of samples."""
    exp = state.session().exp
    samples = prediction.facts.part("train").num_samples
    starts = np.arange(0, samples, exp.batch_size)
    sizes = np.minimum(exp.batch_size, samples - starts)
    frame = pd.DataFrame({"step": np.arange(1, len(starts) + 1), "samples": sizes}).head(_MOST_BATCHES)
    chart = (
        alt.Chart(frame)
        .mark_bar(color=AXIS_COLOURS["batch"][0])
        .encode(x=alt.X("step:O", title="gradient step of the epoch", axis=alt.Axis(labelOverlap=True)),
                y=alt.Y("samples:Q", title="samples in the batch"), tooltip=["step", "samples"])
        .properties(height=200)
    )  # fmt: skip
    st.altair_chart(chart, width="stretch")
    st.caption(
        f"{samples:,} samples, {len(starts):,} steps per epoch; the last batch holds {sizes[-1] if len(sizes) else 0}."
    )


def state_lanes(prediction: Prediction) -> None:
    """Show, for a stateful layer, which sample each lane of the state reads, batch after batch."""
    exp = state.session().exp
    samples = prediction.facts.part("train").num_samples
    lanes, num_batches = min(exp.batch_size, 8), min(6, max(1, samples // exp.batch_size))
    heads = ["lane", *(f"batch {batch + 1}" for batch in range(num_batches))]
    rows = (
        row(str(lane), [f"sample {batch * exp.batch_size + lane:,}" for batch in range(num_batches)])
        for lane in range(lanes)
    )
    st.html(f'<div class="lc-wide">{table("lc-counts", heads, rows)}</div>')
    step = exp.batch_size * exp.stride
    begins = "begins" if step == exp.timesteps else "does not begin"
    st.caption(
        f"From one batch to the next a lane moves on {step:,} rows; its window is {exp.timesteps} rows long, so the "
        f"next window {begins} where the last one ended."
    )
    if not exp.stateful:
        st.caption("Without stateful=True every lane starts from zero for each batch.")
