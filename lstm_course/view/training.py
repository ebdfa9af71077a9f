"""Train the current experiment: start, watch, cancel, and keep the run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, cast

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lstm_course import jobs
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.jobs.job import FINAL
from lstm_course.shapes import Prediction
from lstm_course.view import state, trainings
from lstm_course.view.session import Session
from lstm_course.wording import counted

if TYPE_CHECKING:
    from lstm_course.keras_bridge.events import Epoch

_LIMITS = jobs.Limits(seconds=1800, memory_mb=6144)
_POLL = 0.4
_KEPT_RUNS = 24


def train_panel(prediction: Prediction | None) -> None:
    """Offer the training of the current experiment, and show the newest run of it."""
    now = state.session()
    if prediction is None:
        return
    if now.training is not None and now.training.state not in FINAL:
        _watch()
        if now.run is not None:
            _runs().show_run(now.run)  # the run before stays until the new one is there
        return
    _start_button(now, prediction)
    if now.training is not None and now.training.failure is not None and now.training_of == now.exp:
        _say_failure(now.training.failure)
    if now.run is not None:
        _runs().show_run(now.run)


def _runs() -> ModuleType:
    """Return the charts of runs; they need altair, which the first page must not wait for."""
    return import_module("lstm_course.view.runs")


def _start_button(now: Session, prediction: Prediction) -> None:
    label = "Train again" if now.run else "Train"
    epochs = f"{counted(now.exp.epochs, 'epoch')} of {counted(prediction.steps_per_epoch, 'step')}"
    st.button(
        f"{label}: {epochs}", type="primary", icon=":material/play_arrow:", on_click=start,
        disabled=not prediction.runs,
        help=None if prediction.runs else "The network does not fit the data yet; see the mark in the diagram.",
    )  # fmt: skip
    if not prediction.runs:
        finding = prediction.findings[0]
        st.error(f"**{finding.title}.** {finding.explanation} {finding.fix}", icon=":material/error:")


def submit(exp: Experiment) -> jobs.Job:
    """Train an experiment on this visitor's data, in a process of its own."""
    now = state.session()
    job = jobs.submit(
        "lstm_course.keras_bridge.tasks:train", args=(exp, now.own_source), limits=_LIMITS,
        label="training", owner=state.owner(),
    )  # fmt: skip
    if now.own_source is not None:
        _end_with_the_tab(job)
    return job


def _end_with_the_tab(job: jobs.Job) -> None:
    """Follow a job until it is over, in a thread, and cancel it where its tab stays closed.

    Data of the visitor's own are gone with the tab, so that nobody could come back to the run.
    """
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return
    is_open = partial(runtime.get_instance().is_active_session, context.session_id)
    threading.Thread(target=attend, args=(job, is_open), name="attend", daemon=True).start()


def attend(job: jobs.Job, is_open: Callable[[], bool], patience: float = 120.0, every: float = 10.0) -> None:
    """Wait until a job is over; cancel it once its tab has been closed for longer than a lost connection lasts.

    Args:
        job: what runs.
        is_open: whether the tab is there.
        patience: seconds for which it may be away.
        every: seconds between two looks.
    """
    seen = time.monotonic()
    while not job.wait(every):
        if is_open():
            seen = time.monotonic()
        elif time.monotonic() - seen > patience:
            job.cancel()
            return


def start() -> None:
    """Start a training of the current experiment."""
    now = state.session()
    if now.training is not None and now.training.state not in FINAL:
        return
    now.training_of = now.exp
    now.training = submit(now.exp)
    if now.own_source is None:  # data of the visitor's own are gone when the page is loaded again
        trainings.keep(now.key, now.training)


@st.fragment(run_every=_POLL)
def _watch() -> None:
    now = state.session()
    job = now.training
    if job is None or job.state in FINAL:
        st.rerun()
    epochs = cast("list[Epoch]", job.events())
    _progress(job, epochs)
    st.button("Cancel", icon=":material/stop:", on_click=state.cancel_training)
    if epochs:
        _runs().show_epochs(epochs, now.training_of or now.exp)


def _progress(job: jobs.Job, epochs: list[Epoch]) -> None:
    share, text = progress_of(job.place, epochs[-1] if epochs else None, jobs.is_warm())
    st.progress(share, text=text)


def progress_of(place: int, last: Epoch | None, is_warm: bool) -> tuple[float, str]:
    """Say how far a training is, as a share of its epochs and in words.

    Args:
        place: its place in the queue; 0 when it is not waiting.
        last: the last epoch that was told of; None before the first.
        is_warm: whether TensorFlow is loaded.

    >>> progress_of(2, None, True)
    (0.0, 'Waiting for a free process: place 2 in the queue.')
    """
    if place:
        return 0.0, f"Waiting for a free process: place {place} in the queue."
    if last is None:
        return 0.0, "Building and compiling the network." if is_warm else "TensorFlow is still loading."
    figures = ", ".join(f"{name} {value:.4g}" for name, value in last.logs.items())
    left = "" if last.eta is None else f" About {last.eta:.0f} s left."  # the first epoch also compiles
    return last.number / last.epochs, f"Epoch {last.number} of {last.epochs}: {figures}.{left}"


def collect() -> None:
    """Move finished trainings to the runs, once; before a page is drawn, so that the diagram shows their weights."""
    now = state.session()
    together = [job for started in now.several.values() for _, job in started.values()]
    for job in (*together, *([now.training] if now.training else [])):
        if job.state == "done" and job.id not in now.collected:
            now.collected.add(job.id)
            now.runs = [*now.runs, cast(Run, job.result(0))][-_KEPT_RUNS:]
    if now.training is not None and now.training.state == "done":
        now.training = None


def _say_failure(failure: jobs.JobFailure) -> None:
    if failure.kind == "cancelled":
        st.info("The training was cancelled; nothing of it was kept.", icon=":material/stop:")
        return
    st.error(failure.sentence, icon=":material/error:")
    if failure.detail:
        with st.expander("What the process said"):
            st.code(failure.detail, language=None)
