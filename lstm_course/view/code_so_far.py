"""The code so far: plain pandas, NumPy and Keras for exactly this experiment."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from lstm_course.data import Series
from lstm_course.export import code_up_to, export_notebook, export_script, rows_as_csv
from lstm_course.problems import ProblemError
from lstm_course.view import state


def code_so_far(stage: str = "", title: str = "The code so far") -> None:
    """Show the program that does what the page does, up to a stage, to copy or download.

    Args:
        stage: id of the last stage that the program reaches; empty: the whole program.
        title: heading of the part.
    """
    part = st.expander(title, icon=":material/code:", key="code-so-far", on_change="rerun")
    if not part.open:  # writing the program takes longer than all else on the page
        return
    now = state.session()
    exp, own = now.exp, now.own_source
    with part:
        try:
            whole = export_script(exp, own)
            shown = code_up_to(exp, stage, own) if stage else whole
        except ProblemError as problem:
            st.warning(str(problem), icon=":material/info:")
            return
        st.code(shown, language="python")
        with st.container(horizontal=True):
            st.download_button(
                "Script",
                whole,
                f"{_stem(exp.dataset)}.py",
                "text/x-python",
                icon=":material/download:",
                on_click="ignore",
            )
            st.download_button(
                "Notebook", lambda: export_notebook(exp, own), f"{_stem(exp.dataset)}.ipynb",
                "application/x-ipynb+json", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            if isinstance(own, Series):
                st.download_button(
                    "Rows", lambda: rows_as_csv(own), f"{_stem(exp.dataset)}.csv", "text/csv",
                    icon=":material/download:", on_click="ignore", help="Your rows, as the program reads them.",
                )  # fmt: skip


def _stem(name: str) -> str:
    return PurePath(name).stem
