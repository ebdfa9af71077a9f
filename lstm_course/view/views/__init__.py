"""The views that a lesson's step can ask for by name; each is a function that draws one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction

View = Callable[[Prediction], None]

VIEWS: dict[str, str] = {
    "series": "rows.series",
    "table": "rows.table",
    "gaps": "rows.gaps",
    "split": "rows.split",
    "scaling": "rows.scaling",
    "leakage": "rows.leakage",
    "windows-on-series": "windows.windows_on_series",
    "window-tensor": "windows.window_tensor",
    "lags": "windows.lags",
    "labels": "windows.labels",
    "padding": "windows.padding",
    "comparator": "batches.comparator",
    "loss-terms": "batches.loss_terms",
    "batches": "batches.batches",
    "state-lanes": "batches.state_lanes",
    "parameters": "cells.parameters",
    "kernels": "cells.kernels",
    "gates-over-time": "cells.gates_over_time",
    "cell-arithmetic": "cells.cell_arithmetic",
    "units-over-time": "cells.units_over_time",
    "unrolled": "cells.unrolled",
    "gradient-over-lags": "gradients.gradients",
    "every-argument": "arguments.every_argument",
    "refused-arguments": "arguments.refused",
    "speed-of-arguments": "arguments.speed",
    "train": "trainings.train",
    "loss-curves": "trainings.loss_curves",
    "seeds": "trainings.seeds",
    "compare": "trainings.compare",
    "structures": "trainings.structures",
    "dropouts": "trainings.dropouts",
    "airline-table": "trainings.airline_table",
    "forecast": "forecasts.forecast",
    "past-the-end": "ahead.past_the_end",
    "fed-back": "ahead.fed_back",
    "folds": "folds.folds",
    "errors-by-horizon": "forecasts.errors_by_horizon",
    "baselines": "forecasts.baselines",
    "lag-detector": "forecasts.lag_detector",
    "intervals": "forecasts.intervals",
    "confusion": "forecasts.confusion",
    "code-so-far": "work.code",
    "checklist": "work.checklist",
    "upload": "work.upload_own",
    "report": "work.report",
}
"""Module and function of each view, by the name that a lesson uses; `course.vocabulary.VIEWS` says what it shows."""


def find_view(name: str) -> View:
    """Return a view; what draws charts is imported when the first of them is drawn, not with the page.

    Raises:
        KeyError: for a name that there is no view for.
    """
    module, function = VIEWS[name].split(".")
    view: View = getattr(import_module(f"{__name__}.{module}"), function)
    return view


def draw(name: str, prediction: Prediction) -> None:
    """Draw a view; what stops it becomes a sentence in its place."""
    try:
        find_view(name)(prediction)
    except ProblemError as problem:
        st.info(str(problem), icon=":material/info:")
