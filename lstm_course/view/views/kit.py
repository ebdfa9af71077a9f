"""What views share: the arrays of the experiment, its run, and the window that is chosen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from lstm_course.data import Prepared, Series
from lstm_course.evaluate import Run, error_per_step
from lstm_course.problems import ProblemError
from lstm_course.view import state


def arrays() -> Prepared:
    """Return the arrays of the current experiment.

    Raises:
        ProblemError: when it has none, with the reason.
    """
    return state.session().arrays()


def series_of(ready: Prepared) -> Series:
    """Return the series behind the arrays.

    Raises:
        ProblemError: when the data are sequences.
    """
    if not isinstance(ready.source, Series):
        raise ProblemError("This view is about one long series; the chosen data are many short sequences.")
    return ready.source


def finished_run() -> Run:
    """Return the newest run of the current experiment.

    Raises:
        ProblemError: when it has not been trained.
    """
    run = state.session().run
    if run is None:
        raise ProblemError("Train the network first: this view is drawn from its forecasts.")
    return run


def window_slider(ready: Prepared, key: str) -> int:
    """Let the visitor choose a training window; the diagram shows the same one."""
    last = ready.num_samples("train") - 1
    choice = state.session().choice
    choice.window = min(choice.window, last)
    if last == 0 or not state.claim("window-slider", key):
        return choice.window  # another view of this page has the slider already

    def chosen() -> None:
        state.session().choice.window = state.bound(key)

    name = state.bind(key, choice.window)
    what = "Window" if isinstance(ready.source, Series) else "Sequence"
    st.slider(f"{what}, counted from 0", 0, last, choice.window, key=name, on_change=chosen)
    return choice.window


def per_step(truth: npt.NDArray[np.generic], values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Return the RMSE of each step ahead, the mean over targets where there are several."""
    errors = error_per_step(truth, values.reshape(truth.shape))
    return errors if errors.ndim == 1 else np.asarray(errors.mean(axis=tuple(range(1, errors.ndim))))


def times_of(series: Series) -> tuple[npt.NDArray[np.generic], str]:
    """Return the time of each row, or its number, with the kind of axis that Vega-Lite draws for it."""
    if series.times is not None:
        return series.times.to_numpy(), "T"
    return np.arange(series.num_rows), "Q"


def label(row: int, series: Series) -> str:
    """Name a row by its time, or by its number."""
    if series.times is None:
        return f"row {row}"
    moment = pd.Timestamp(series.times[row])
    return moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
