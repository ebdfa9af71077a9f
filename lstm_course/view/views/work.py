"""Views of the learner's own work: the code so far, the checklist, an upload, the report."""

from __future__ import annotations

import streamlit as st

from lstm_course.course.checklist import CheckItem
from lstm_course.course.checklist import checklist as look_over
from lstm_course.course.report import report_page
from lstm_course.drawing import diagram
from lstm_course.export import export_script
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import state
from lstm_course.view.code_so_far import code_so_far
from lstm_course.view.upload import upload


def code(prediction: Prediction) -> None:
    """Show the program for this experiment."""
    code_so_far()


def upload_own(prediction: Prediction) -> None:
    """Offer to load a file of the visitor's own."""
    upload()


def checklist(prediction: Prediction) -> None:
    """Look at the experiment as a reviewer would: each line is measured on it."""
    for item in _items(prediction):
        icon = ":material/check_circle:" if item.holds else ":material/radio_button_unchecked:"
        st.markdown(f"{icon} {item.sentence}")
        if item.detail:
            st.caption(item.detail)
    for finding in prediction.findings:
        st.caption(f"{finding.title}: {finding.fix}")


def _items(prediction: Prediction) -> tuple[CheckItem, ...]:
    now = state.session()
    return look_over(prediction, now.run, now.runs)


def report(prediction: Prediction) -> None:
    """Offer a page to keep: the experiment, the diagram, the findings, the errors and the program."""
    now = state.session()
    drawn = diagram(now.exp, now.own_source, prediction=prediction, run=now.run, theme="light").to_svg()
    page = report_page(prediction, diagram=drawn, script=_script(), items=_items(prediction), run=now.run)
    if now.run is None:
        st.caption("The network has not been trained yet; the report says so.")
    whole, picture = st.columns(2)
    whole.download_button(
        "Report (HTML)",
        page,
        f"{now.exp.dataset}.html",
        "text/html",
        icon=":material/download:",
        width="stretch",
    )
    picture.download_button(
        "Diagram (SVG)", drawn, f"{now.exp.dataset}.svg", "image/svg+xml", icon=":material/download:",
        width="stretch",
    )  # fmt: skip


def _script() -> str:
    try:
        return export_script(state.session().exp, state.session().own_source)
    except ProblemError as problem:
        return f"# No program can be written for this experiment: {problem}"
