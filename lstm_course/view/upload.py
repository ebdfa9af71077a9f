"""Data of the visitor's own: read, explain what was understood, or say why not."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_course.data import Series, load_csv
from lstm_course.experiment import Experiment, rows_of
from lstm_course.problems import ProblemError
from lstm_course.view import state
from lstm_course.view.facts_cache import cached_facts

_EXAMPLE = "date,value\n2024-01-01,3.1\n2024-01-02,2.9\n"


def upload() -> None:
    """Offer to load a CSV file; the experiment then names it."""
    file = st.file_uploader(
        "Your own series (CSV)", type=["csv", "txt", "tsv"], key="upload",
        help="One row for each moment, oldest first; a column of times if there is one. It stays on this machine.",
    )  # fmt: skip
    if file is None:
        return
    if state.remember("upload-read", "") != file.file_id:
        state.store("upload-read", file.file_id)
        with st.spinner(f"Reading {file.name}: a million rows take some seconds."):
            state.store("upload-said", _read(file))
        st.rerun()
    understood, problem = state.remember("upload-said", ((), ""))
    if problem:
        st.error(
            f"{problem}\n\nA file that works looks like this:\n```\n{_EXAMPLE}```", icon=":material/error:"
        )
    else:
        st.success("Read.\n" + "\n".join(f"- {note}" for note in understood), icon=":material/check:")


def _read(file: Any) -> tuple[tuple[str, ...], str]:
    """Read a file into the session; return what was understood, or why it cannot be read."""
    now = state.session()
    try:
        series = load_csv(file, name=file.name)
    except ProblemError as problem:
        return (), str(problem)
    now.load(series)
    now.change(experiment_on(series))
    return series.notes, ""


def experiment_on(series: Series) -> Experiment:
    """Set the experiment on a file: the one that the link set on it, if the file has the columns that it wants."""
    now = state.session()
    fresh = now.exp.change(**rows_of(series.name))
    if now.awaited is None or now.awaited.dataset != series.name:
        return fresh
    try:
        cached_facts(now.awaited, series)
    except ProblemError:
        return fresh
    return now.awaited
