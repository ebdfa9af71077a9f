"""The only module that touches `st.session_state`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lstm_course.codec import from_query, to_query
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError
from lstm_course.view.session import Session

_SESSION = "session"
_MISSING = object()


def session() -> Session:
    """Return this visitor's session; the first call reads the link that they came by."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = _from_link(st.query_params)
    found: Session = st.session_state[_SESSION]
    return found


def _from_link(query: Mapping[str, str]) -> Session:
    try:
        return Session(exp=from_query(query))
    except ProblemError as problem:
        return Session(problem=f"The link could not be read, so the default experiment is shown. {problem}")


def write_link() -> None:
    """Put the experiment into the address, so that a link shows the same screen."""
    wanted = to_query(session().exp)
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def bind(name: str, value: Any) -> str:
    """Give a widget the experiment's value, and return the widget's key.

    A widget keeps what it showed last; without this it would contradict an experiment that was changed
    elsewhere: by undo, by a preset, by a link.
    """
    key = f"control/{name}"
    if st.session_state.get(key, _MISSING) != value:
        st.session_state[key] = value
    return key


def on_change(name: str, apply: Callable[[Experiment, Any], Experiment]) -> Callable[[], None]:
    """Return what a widget does when it is turned: change the experiment, or say why not."""

    def changed() -> None:
        now = session()
        try:
            now.change(apply(now.exp, st.session_state[f"control/{name}"]))
        except ProblemError as problem:
            now.problem = str(problem)

    return changed


def remember(key: str, default: Any) -> Any:
    """Return something of a page's own that outlives the page."""
    return st.session_state.setdefault(f"page/{key}", default)


def drop(key: str) -> None:
    """Forget something of a page's own."""
    st.session_state.pop(f"page/{key}", None)


def store(key: str, value: Any) -> None:
    """Keep something of a page's own."""
    st.session_state[f"page/{key}"] = value


def register_pages(pages: Mapping[str, Any]) -> None:
    """Keep the pages of this run by their slugs, so that a page can link to another."""
    st.session_state["pages"] = dict(pages)


def page(slug: str) -> Any:
    """Return the page of a slug."""
    return st.session_state["pages"][slug]


def forget(key: str) -> None:
    """Drop what a widget holds, so that it starts anew."""
    st.session_state.pop(key, None)


def owner() -> str:
    """Name this visitor to the job runner."""
    if "owner" not in st.session_state:
        st.session_state["owner"] = f"visitor-{id(st.session_state)}-{len(st.session_state)}"
    name: str = st.session_state["owner"]
    return name


def cancel_training() -> None:
    """Stop the training of this visitor."""
    now = session()
    if now.training is not None:
        now.training.cancel()
