"""Ask a process of its own for something that a view shows, and draw the view again when it has answered."""

from __future__ import annotations

import streamlit as st

from lstm_course import jobs
from lstm_course.jobs.job import FINAL
from lstm_course.problems import ProblemError
from lstm_course.view import state

_LIMITS = jobs.Limits(seconds=300, memory_mb=6144)
_POLL = 0.3


def ask(place: str, question: object, target: str, *args: object, **kwargs: object) -> object | None:
    """Return the answer to a question, or None while it is being worked on; the page then says so.

    Args:
        place: the view that asks; an older question of its own is withdrawn.
        question: what the answer depends on.
        target: the function that answers, as "module:function".
        args: its arguments.
        kwargs: its further arguments.

    Raises:
        ProblemError: when there is no answer, with the reason.
    """
    asked: tuple[object, jobs.Job] | None = state.remember(f"asked/{place}", None)
    if asked is None or asked[0] != question:
        if asked is not None:
            asked[1].cancel()
        job = jobs.submit(
            target, args=args, kwargs=kwargs, limits=_LIMITS, label=place, owner=state.owner(), is_short=True
        )
        asked = question, job
        state.store(f"asked/{place}", asked)
    job = asked[1]
    if job.state not in FINAL:
        _wait(job)
        return None
    if job.failure is not None:
        raise ProblemError(job.failure.sentence)
    return job.result(0)


@st.fragment(run_every=_POLL)
def _wait(job: jobs.Job) -> None:
    if job.state in FINAL:
        st.rerun()
    words = "The network is asked." if jobs.is_warm() else "TensorFlow is still loading."
    st.caption(f":material/hourglass_empty: {words}")
