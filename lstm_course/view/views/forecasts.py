"""Views of forecasts: against the truth, by step, against baselines, their lag, intervals, confusion."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from lstm_course.evaluate import (
    find_lag,
    fit_intervals,
    persistence_forecasts,
    score_baselines,
    share_inside,
)
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import charts
from lstm_course.view.figures import error_columns, table_in_html
from lstm_course.view.runs import forecast_chart, judged_part
from lstm_course.view.views import kit


def forecast(prediction: Prediction) -> None:
    """Draw the forecast against the truth, persistence beside them."""
    run = kit.finished_run()
    if run.experiment.is_classification:
        confusion(prediction)
        return
    forecast_chart(run, judged_part(run))


def errors_by_horizon(prediction: Prediction) -> None:
    """Draw the error for each step ahead, the network's and persistence's."""
    run = kit.finished_run()
    if run.experiment.horizon == 1:
        raise ProblemError(
            "There is one step ahead only; choose a longer horizon to see how the error grows."
        )
    part = judged_part(run)
    truth = np.asarray(run.truth[part])
    curves = {
        "this network": np.asarray(run.predictions[part]),
        "persistence": persistence_forecasts(kit.arrays())[part],
    }
    frames = [
        pd.DataFrame(
            {
                "step": np.arange(1, run.experiment.horizon + 1),
                "rmse": kit.per_step(truth, values),
                "forecast": name,
            }
        )
        for name, values in curves.items()
    ]
    st.altair_chart(
        charts.curve_chart(
            pd.concat(frames), "step", "rmse", "forecast", ("steps ahead", f"RMSE on the {part} part")
        ),
        width="stretch",
    )


def baselines(prediction: Prediction) -> None:
    """Set the errors of forecasts that need no network side by side; the network's too, once trained."""
    ready = kit.arrays()
    figures = {name: dict(parts) for name, parts in score_baselines(ready).items()}
    measure = "accuracy" if ready.class_names else _measure()
    try:
        figures = {"this network": dict(kit.finished_run().metrics), **figures}
    except ProblemError:
        st.caption("The network joins the table when it has been trained.")
    rows = [{"forecast": name, **error_columns(parts, measure)} for name, parts in figures.items()]
    frame = pd.DataFrame(rows)
    st.html(table_in_html(frame.sort_values(frame.columns[-1], ascending=measure != "accuracy")))


def _measure() -> str:
    """Let the visitor choose how errors become one number."""
    names = {"rmse": "RMSE", "mae": "MAE", "mase": "MASE"}
    return (
        st.segmented_control(
            "Error", list(names), default="rmse", format_func=names.__getitem__, key="measure"
        )
        or "rmse"
    )


def lag_detector(prediction: Prediction) -> None:
    """Ask which shift of the forecast fits the truth best: a forecast that copies fits best one step late."""
    run = kit.finished_run()
    part = judged_part(run)
    truth, values = (charts.first_step(np.asarray(found[part])) for found in (run.truth, run.predictions))
    found = find_lag(truth, values, rows=np.asarray(run.rows[part]).reshape(len(truth), -1)[:, 0])
    frame = pd.DataFrame({"shift": list(range(len(found.errors))), "rmse": list(found.errors)})
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("shift:O", title="rows by which the forecast is moved back"),
            y=alt.Y("rmse:Q", title=f"RMSE on the {part} part"),
            color=alt.condition(alt.datum.shift == found.best, alt.value("#d96a14"), alt.value("#9aa5b4")),
            tooltip=["shift", alt.Tooltip("rmse:Q", format=".4g")],
        )
        .properties(height=220)
    )
    st.altair_chart(chart, width="stretch")
    st.markdown(found.sentence())


def intervals(prediction: Prediction) -> None:
    """Draw the forecast with intervals from the residuals on the validation part."""
    run = kit.finished_run()
    if not len(run.truth.get("validation", ())):
        raise ProblemError(
            "Intervals come from the errors on validation rows, and there are none; give validation a share."
        )
    ready, part = kit.arrays(), judged_part(run)
    fitted = fit_intervals(np.asarray(run.truth["validation"]), np.asarray(run.predictions["validation"]))
    low, high = fitted.around(np.asarray(run.predictions[part]))
    inside = share_inside(np.asarray(run.truth[part]), low, high)
    frame = pd.DataFrame(
        {
            "row": np.arange(len(low)), "low": charts.first_step(low), "high": charts.first_step(high),
            "truth": charts.first_step(np.asarray(run.truth[part])),
        }
    ).tail(charts.MAX_STEPS_SHOWN)  # fmt: skip
    base = alt.Chart(frame).encode(x=alt.X("row:Q", title=f"samples of the {part} part"))
    band = base.mark_area(opacity=0.3).encode(
        y=alt.Y("low:Q", title=", ".join(ready.target_names), scale=alt.Scale(zero=False)), y2="high:Q"
    )
    st.altair_chart(
        alt.layer(band, base.mark_line(color="#67738a").encode(y="truth:Q")).properties(height=240),
        width="stretch",
    )
    st.caption(
        f"Meant to hold {fitted.coverage:.0%} of the values; on the {part} part they hold {inside:.0%}."
    )


def confusion(prediction: Prediction) -> None:
    """Show which class was taken for which."""
    run = kit.finished_run()
    ready = kit.arrays()
    if not ready.class_names:
        raise ProblemError("The labels are numbers; a confusion table is for classes.")
    part = judged_part(run)
    names = np.asarray(ready.class_names)
    frame = pd.DataFrame(
        {"truth": names[np.asarray(run.truth[part])], "forecast": names[np.asarray(run.predictions[part])]}
    )
    counts = frame.value_counts().rename("sequences").reset_index()
    chart = (
        alt.Chart(counts)
        .mark_rect()
        .encode(
            x=alt.X("forecast:O", title="the network says"), y=alt.Y("truth:O", title="the truth"),
            color=alt.Color("sequences:Q", scale=alt.Scale(scheme="purples"), title="samples"),
            tooltip=["truth", "forecast", "sequences"],
        )
        .properties(height=300)
    )  # fmt: skip
    words = chart.mark_text(fontSize=12).encode(text="sequences:Q", color=alt.value("#d96a14"))
    st.altair_chart(alt.layer(chart, words), width="stretch")
    st.caption(f"Accuracy on the {part} part: {run.metrics[part]['accuracy']:.1%}.")
