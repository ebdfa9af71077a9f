"""What a training gave: its curves, its forecast, its errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lstm_course.evaluate import Run, persistence_forecasts
from lstm_course.experiment import Experiment
from lstm_course.view import charts, state
from lstm_course.view.figures import table_in_html
from lstm_course.wording import counted

if TYPE_CHECKING:
    from lstm_course.keras_bridge.events import Epoch


def show_epochs(epochs: Sequence[Epoch], exp: Experiment) -> None:
    """Draw the curves of a training that is under way."""
    history = pd.DataFrame([{"epoch": epoch.number, **epoch.logs} for epoch in epochs])
    st.altair_chart(charts.loss_curves(history, exp), width="stretch")


def show_curves(run: Run) -> None:
    """Draw the curves of a run."""
    history = pd.DataFrame({"epoch": range(1, run.num_epochs + 1), **run.history})
    st.altair_chart(charts.loss_curves(history, run.experiment), width="stretch")


def forecast_chart(run: Run, part: str) -> None:
    """Draw the forecast of a part against the truth, and persistence beside it."""
    ready = state.session().prepare()
    if ready is not None:
        persistence = persistence_forecasts(ready).get(part)
        st.altair_chart(charts.forecast(run, part, ready.target_names[0], persistence), width="stretch")


def judged_part(run: Run) -> str:
    """Name the last part that has samples: what a forecast is judged on."""
    return next(part for part in ("test", "validation", "train") if len(run.truth.get(part, ())))


def show_run(run: Run) -> None:
    """Show the curves, the forecast and the errors of a run, persistence beside them."""
    how = "compiled epochs" if run.engine == "compiled" else "model.fit"
    st.caption(f"Trained {counted(run.num_epochs, 'epoch')} in {run.seconds:.1f} s ({how}).")
    show_curves(run)
    if not run.experiment.is_classification:
        forecast_chart(run, judged_part(run))
    st.html(table_in_html(charts.errors_table(run)))
    for note in run.notes:
        st.caption(note)
