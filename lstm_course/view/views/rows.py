"""Views of the rows: lines, table, gaps, split, scaling and its leak."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from lstm_course.data import find_gaps
from lstm_course.data import leakage as measure_leakage
from lstm_course.data.series import Series
from lstm_course.shapes import Prediction
from lstm_course.view import charts, state
from lstm_course.view.controls.rows import current_data
from lstm_course.view.figures import table_in_html
from lstm_course.view.views import kit


def series(prediction: Prediction) -> None:
    """Draw the first feature over time, coloured by the part that each row belongs to."""
    ready = kit.arrays()
    kit.series_of(ready)
    st.altair_chart(charts.series_chart(ready, ready.feature_names[0]), width="stretch")


def table(prediction: Prediction) -> None:
    """Show the first rows as they are."""
    data = current_data()
    if isinstance(data, Series):
        st.dataframe(data.frame.head(8), width="stretch")
    else:
        first = pd.DataFrame(data.sequences[0], columns=list(data.columns)).head(8)
        st.caption(
            f"First frames of the first of {data.num_sequences:,} sequences, class {data.class_names[data.labels[0]]}."
        )
        st.dataframe(first, width="stretch")


def gaps(prediction: Prediction) -> None:
    """Show absent rows, missing values and suspicious ones."""
    data = current_data()
    if not isinstance(data, Series):
        st.caption("Sequences have no gaps: each frame follows the one before.")
        return
    found = find_gaps(data)
    said = [f"{found.num_absent:,} time stamps of the regular grid have no row."] if found.num_absent else []
    for name, stretches in found.missing.items():
        if stretches:
            longest = max(stretch.length for stretch in stretches)
            said.append(
                f"{name}: {found.num_missing(name):,} rows without a value, in {len(stretches):,} stretches, "
                f"the longest of {longest:,} rows."
            )
    said += [
        f"{odd.column} at {odd.when}: {odd.value:,.6g}, far from all others." for odd in found.suspicious[:5]
    ]
    for sentence in said or ["Every row is there, and every value is near others."]:
        st.markdown(f"- {sentence}")


def split(prediction: Prediction) -> None:
    """Show how many rows and samples each part has, in the order of time."""
    rows = [
        {"part": part.name, "rows": part.num_rows, "samples": part.num_samples, "left out": part.num_dropped}
        for part in prediction.facts.parts
    ]
    st.html(table_in_html(pd.DataFrame(rows)))


def scaling(prediction: Prediction) -> None:
    """Show the spread of each feature before and after scaling, part by part."""
    ready = kit.arrays()
    source = kit.series_of(ready)
    if ready.parts is None:
        return
    values = source.values(ready.feature_names)
    scaled = ready.scaler.transform(values)
    rows = []
    for part in ready.parts:
        for place, name in enumerate(ready.feature_names):
            for kind, array in (("original", values), ("scaled", scaled)):
                column = array[part.start : part.stop, place]
                rows.append({"values": f"{part.name}, {name}, {kind}", **_spread(column)})
    st.html(table_in_html(pd.DataFrame(rows)))


def _spread(column: np.ndarray) -> dict[str, float]:
    known = column[~np.isnan(column)]
    if not len(known):
        return {"smallest": np.nan, "mean": np.nan, "largest": np.nan}
    return {
        "smallest": round(float(known.min()), 3),
        "mean": round(float(known.mean()), 3),
        "largest": round(float(known.max()), 3),
    }


def leakage(prediction: Prediction) -> None:
    """Measure how far the later rows would move the scaler."""
    ready = kit.arrays()
    source = kit.series_of(ready)
    exp = state.session().exp
    if ready.parts is None or exp.scaling == "none":
        st.caption("Without scaling there is nothing that could leak.")
        return
    found = measure_leakage(
        source.values(ready.feature_names), ready.parts.train.stop, exp.scaling, columns=ready.feature_names
    )
    frame = pd.DataFrame(
        {"column": found.columns, "zero moves by": found.offset_shift, "scale grows by": found.scale_shift}
    )
    long = frame.melt("column", var_name="what", value_name="share")
    chart = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title="share of the training scale", axis=alt.Axis(format="%")),
            y=alt.Y("column:N", title=None),
            yOffset="what:N",
            color=alt.Color("what:N", legend=alt.Legend(orient="top", title=None)),
            tooltip=["column", "what", alt.Tooltip("share:Q", format=".1%")],
        )
    )
    st.metric("Leak, if the scaler saw all rows", f"{found.worst:.0%} of the training scale")
    st.altair_chart(chart, width="stretch")
