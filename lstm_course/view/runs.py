"""What a training gave: its curves, its forecast, its errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lstm_course.evaluate import Run, persistence_forecasts
from lstm_course.view import charts, state

if TYPE_CHECKING:
    from lstm_course.keras_bridge.events import Epoch


def show_epochs(epochs: Sequence[Epoch]) -> None:
    """Draw the curves of a training that is under way."""
    history = pd.DataFrame([{"epoch": epoch.number, **epoch.logs} for epoch in epochs])
    st.altair_chart(charts.loss_curves(history), width="stretch")


def forecast_chart(run: Run, part: str) -> None:
    """Draw the forecast of a part against the truth, and persistence beside it."""
    ready = state.session().prepare()
    if ready is not None:
        persistence = persistence_forecasts(ready).get(part)
        st.altair_chart(charts.forecast(run, part, ready.target_names[0], persistence), width="stretch")


def show_run(run: Run) -> None:
    """Show the curves, the forecast and the errors of a run, persistence beside them."""
    how = "compiled epochs" if run.engine == "compiled" else "model.fit"
    st.caption(f"Trained {len(run.history['loss'])} epochs in {run.seconds:.1f} s ({how}).")
    history = pd.DataFrame({"epoch": range(1, len(run.history["loss"]) + 1), **run.history})
    st.altair_chart(charts.loss_curves(history), width="stretch")
    part = "test" if len(run.predictions.get("test", ())) else "train"
    if not run.experiment.is_classification:
        forecast_chart(run, part)
    st.dataframe(charts.errors_table(run), width="stretch", hide_index=True)
    for note in run.notes:
        st.caption(note)
