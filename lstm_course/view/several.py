"""Several trainings at once: start them together, follow them, cancel them, and set their errors side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd
import streamlit as st

from lstm_course import jobs
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.jobs.job import FINAL
from lstm_course.view import state
from lstm_course.view.figures import error_columns, measure_of, table_in_html
from lstm_course.view.training import submit

_POLL = 0.5
_PARTS = ("test", "validation", "train")  # what is judged first: a narrow page cuts the rest


def train_several(name: str, title: str, wanted: Mapping[str, Experiment], possible: bool) -> dict[str, Run]:
    """Offer several trainings together, show their progress, and return those that are finished.

    Args:
        name: what they are kept under.
        title: text of the button.
        wanted: the experiments by the words that their lines begin with.
        possible: whether they can be trained at all.
    """
    started = state.session().several.get(name, {})
    current = {title: job for title, (exp, job) in started.items() if wanted.get(title) == exp}
    if any(job.state not in FINAL for job in current.values()):
        _wait(list(current.values()))
    else:
        st.button(
            title, on_click=_begin, args=(name, wanted), key=f"begin-{name}", icon=":material/play_arrow:",
            disabled=not possible,
        )  # fmt: skip
    for title, job in current.items():
        if job.failure is not None:
            st.warning(f"{title}: {job.failure.sentence}")
    return {title: cast(Run, job.result(0)) for title, job in current.items() if job.state == "done"}


def _begin(name: str, wanted: Mapping[str, Experiment]) -> None:
    state.session().several[name] = {title: (exp, submit(exp)) for title, exp in wanted.items()}


@st.fragment(run_every=_POLL)
def _wait(running: list[jobs.Job]) -> None:
    over = sum(job.state in FINAL for job in running)
    if over == len(running):
        st.rerun()
    waiting = sum(job.place > 0 for job in running)
    text = f"{over} of {len(running)} trainings are over" + (
        f", {waiting} wait for a free process." if waiting else "."
    )
    st.progress(over / len(running), text=text)
    if st.button("Cancel", icon=":material/stop:", key=f"cancel-{running[0].id}"):
        for job in running:
            job.cancel()
        st.rerun()


def show_table(runs: Mapping[str, Run], with_baselines: bool = True) -> None:
    """Show the errors of runs, one line each, and those of the forecasts that need no network below."""
    if not runs:
        return
    first = next(iter(runs.values()))
    measure = measure_of(first.experiment)
    rows = [
        {
            "forecast": title,
            **error_columns(run.metrics, measure, _PARTS),
            "parameters": _num_weights(run),
            "seconds": run.seconds,
        }
        for title, run in runs.items()
    ]
    if with_baselines:
        rows += [
            {"forecast": name, **error_columns(parts, measure, _PARTS)}
            for name, parts in first.baselines.items()
        ]
    st.html(table_in_html(pd.DataFrame(rows)))


def _num_weights(run: Run) -> int:
    return sum(weight.size for weight in run.weights)
