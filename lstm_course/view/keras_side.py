"""What Keras says of the current experiment, asked in a process of its own and shown when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from lstm_course import jobs
from lstm_course.doctor import explain_keras_error
from lstm_course.jobs.job import FINAL
from lstm_course.shapes import Prediction
from lstm_course.view import state
from lstm_course.view.findings import show_findings

if TYPE_CHECKING:
    from lstm_course.keras_bridge.observation import KerasError, Observation

_LIMITS = jobs.Limits(seconds=60, memory_mb=4096)
_KEPT = 40
_POLL = 0.3


def observation() -> Observation | None:
    """Return what Keras measured of the current experiment, or None while it has not answered or cannot run it."""
    job = state.session().answer
    if job is None or job.state != "done":
        return None
    return cast("Observation", job.result(0))


def _ask() -> None:
    """Ask Keras about the current experiment; a question about one that is no longer shown is withdrawn."""
    now = state.session()
    _withdraw(now.observed)
    now.observed[now.key] = jobs.submit(
        "lstm_course.keras_bridge.tasks:observe", args=(now.exp, now.own_source), limits=_LIMITS,
        label="question to Keras", owner=state.owner(), is_short=True,
    )  # fmt: skip
    while len(now.observed) > _KEPT:
        now.observed.pop(next(iter(now.observed)))


def _withdraw(observed: dict[str, jobs.Job]) -> None:
    for key, job in list(observed.items()):
        if job.state not in FINAL:
            job.cancel()
            del observed[key]


def status_line(prediction: Prediction) -> None:
    """Say whether Keras agrees, ask it where it was not asked, and draw the page again when its answer arrives."""
    job = state.session().answer
    if not jobs.is_warm():
        _wait_for_keras()
    elif job is None or job.state not in FINAL:
        if prediction.runs:
            _wait_for_answer(state.session().key)
    elif job.failure is not None:
        st.caption(f":material/warning: Keras could not be asked: {job.failure.sentence}")
    elif (error := cast("Observation", job.result(0)).error) is not None:
        _explain(error)


def _explain(error: KerasError) -> None:
    """Say what Keras raised, and what the doctor makes of it."""
    finding = explain_keras_error(f"{error.first_line}\n{error.line}")
    if finding is not None:
        show_findings([finding], "keras")
    st.error(f"Keras raised {error.kind}: {error.line}", icon=":material/error:")


@st.fragment(run_every=_POLL)
def _wait_for_keras() -> None:
    """Begin to load TensorFlow once the page stands, so that the page does not wait for it."""
    if jobs.is_warm():
        st.rerun()
    if state.remember("page-stands", 0):
        jobs.warm_up()
    state.store("page-stands", 1)
    st.caption(":material/hourglass_empty: Shapes by rule; TensorFlow is still loading, go on meanwhile.")


@st.fragment(run_every=_POLL)
def _wait_for_answer(key: str) -> None:
    """Ask once a control has come to rest: at the second turn, so that a slider on its way starts no process."""
    job = state.session().answer
    if job is not None and job.state in FINAL:
        st.rerun()
    if job is None and state.remember("at-rest", "") == key:
        _ask()
    state.store("at-rest", key)
    st.caption(":material/hourglass_empty: Shapes by rule; Keras is measuring them.")
