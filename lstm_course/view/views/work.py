"""Views of the learner's own work: the code so far, the checklist, an upload, the report."""

from __future__ import annotations

import streamlit as st

from lstm_course.drawing import diagram
from lstm_course.evaluate import Run
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import state
from lstm_course.view.code_so_far import code_so_far
from lstm_course.view.upload import upload
from lstm_course.view.views import kit


def code(prediction: Prediction) -> None:
    """Show the program for this experiment."""
    code_so_far()


def upload_own(prediction: Prediction) -> None:
    """Offer to load a file of the visitor's own."""
    upload()


def checklist(prediction: Prediction) -> None:
    """Look at the experiment as a reviewer would: each line is measured on it."""
    now = state.session()
    run = now.run
    exp = now.exp
    beaten = run is not None and _beats_baselines(run)
    items = {
        "The scaler has seen the training rows only.": exp.scaler_fit == "train" or exp.scaling == "none",
        "No finding is an error or gives a wrong result.": not any(
            finding.severity in ("error", "wrong-result") for finding in prediction.findings
        ),
        "The labels match the output.": prediction.comparison is not None and prediction.comparison.is_right,
        "There are test samples that nothing was fitted on.": bool(prediction.facts.part("test").num_samples),
        "The network has been trained.": run is not None,
        "On the test rows it beats every forecast that needs no network.": beaten,
    }
    for sentence, holds in items.items():
        st.markdown(
            f"{':material/check_circle:' if holds else ':material/radio_button_unchecked:'} {sentence}"
        )
    for finding in prediction.findings:
        st.caption(f"{finding.title}: {finding.fix}")


def _beats_baselines(run: Run) -> bool:
    measure = "accuracy" if run.experiment.is_classification else "rmse"
    mine = run.metrics.get("test", {}).get(measure)
    others = [parts["test"][measure] for parts in run.baselines.values() if measure in parts.get("test", {})]
    if mine is None or not others:
        return False
    return mine > max(others) if run.experiment.is_classification else mine < min(others)


def report(prediction: Prediction) -> None:
    """Offer a page to keep: the experiment, the diagram, the findings and the errors."""
    now = state.session()
    try:
        ready = kit.arrays()
    except ProblemError:
        ready = None
    drawn = diagram(now.exp, prepared=ready, prediction=prediction, run=now.run)
    st.download_button(
        "Diagram (SVG)", drawn.to_svg(), f"{now.exp.dataset}.svg", "image/svg+xml", icon=":material/download:"
    )
