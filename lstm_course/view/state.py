"""The only module that touches `st.session_state`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from lstm_course.codec import from_query, to_json, to_query
from lstm_course.course.loading import readable_lessons
from lstm_course.data import datasets, find_card
from lstm_course.experiment import Experiment, rows_of
from lstm_course.problems import ProblemError
from lstm_course.view import trainings
from lstm_course.view.session import Session

_SESSION = "session"


def session() -> Session:
    """Return this visitor's session; the first call reads the link that they came by."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = _from_link(st.query_params)
    found: Session = st.session_state[_SESSION]
    return found


def _from_link(query: Mapping[str, str]) -> Session:
    if not any(field.name in query for field in dataclasses.fields(Experiment)):
        return Session(exp=_first_experiment())
    try:
        exp = from_query(query)
        if exp.dataset not in {card.name for card in datasets()}:
            return _without_file(exp)
        job = trainings.find(to_json(exp))
        return Session(exp=exp, training=job, training_of=exp if job else None)
    except ProblemError as problem:
        return Session(problem=f"The link could not be read, so the default experiment is shown. {problem}")


def _without_file(exp: Experiment) -> Session:
    """Set the experiment of a link on rows of the course, until the file that it names is loaded again."""
    card = find_card(Experiment().dataset)
    labels = "steps" if exp.is_classification else exp.labels
    stands_in = exp.change(**rows_of(card.name, labels))
    sentence = (
        f"The link is about {exp.dataset!r}, which is not a data set of the course. A file of your own is not kept "
        "when the page is loaded anew: load it once more, and the experiment is as it was. "
        f"Until then {card.title} stands in."
    )
    return Session(exp=stands_in, problem=sentence, awaited=exp)


def _first_experiment() -> Experiment:
    """Return the experiment that the course begins with; its run is stored, so nobody waits for a training."""
    lessons, _ = readable_lessons()
    return lessons[0].start if lessons else Experiment()


def write_link() -> None:
    """Put the experiment, and the step of a lesson, into the address, so that a link shows the same screen."""
    wanted = to_query(session().exp) | st.session_state.pop("place", {})
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def place_in_link(name: str, value: str) -> None:
    """Name something of the present page that its link should lead to."""
    st.session_state["place"] = {name: value}


def bind(name: str, value: Any) -> str:
    """Return the key of the widget that shows `value`; the widget must be drawn with it as its default.

    A widget keeps what it showed last, and would contradict an experiment that was changed elsewhere: by undo, a
    preset, a link. So when its own value is another one, a new widget takes its place. (Writing into the widget's
    state instead is lost when a second run follows before the browser has drawn the first.)
    """
    turns: dict[str, int] = st.session_state.setdefault("turns", {})
    key = _key(name)
    if st.session_state.get(key, value) != value:
        turns[name] = turns.get(name, 0) + 1
    return _key(name)


def _key(name: str) -> str:
    return f"control/{name}/{st.session_state.setdefault('turns', {}).get(name, 0)}"


def bound(name: str) -> Any:
    """Return what the widget of a name holds."""
    return st.session_state[_key(name)]


def on_change(name: str, apply: Callable[[Experiment, Any], Experiment]) -> Callable[[], None]:
    """Return what a widget does when it is turned: change the experiment, or say why not."""

    def changed() -> None:
        now = session()
        try:
            now.change(apply(now.exp, bound(name)))
        except ProblemError as problem:
            now.problem, now.refused = _with_given(bound(name), str(problem)), name

    return changed


def _with_given(given: Any, problem: str) -> str:
    """Say what was typed, where the sentence does not: the widget shows the old value again."""
    return (
        f"Got `{given}`. {problem}" if isinstance(given, str) and given and given not in problem else problem
    )


def remember(key: str, default: Any) -> Any:
    """Return something of a page's own that outlives the page."""
    return st.session_state.setdefault(f"page/{key}", default)


def drop(key: str) -> None:
    """Forget something of a page's own."""
    st.session_state.pop(f"page/{key}", None)


def store(key: str, value: Any) -> None:
    """Keep something of a page's own."""
    st.session_state[f"page/{key}"] = value


def begin_page() -> None:
    """Forget which parts of the page were claimed in the run before."""
    st.session_state["claims"] = {}


def claim(part: str, who: str) -> bool:
    """Whether a part that a page has once is this one's in this run: it goes to the first who asks."""
    claims: dict[str, str] = st.session_state.setdefault("claims", {})
    return claims.setdefault(part, who) == who


def register_pages(pages: Mapping[str, Any]) -> None:
    """Keep the pages of this run by their slugs, so that a page can link to another."""
    st.session_state["pages"] = dict(pages)


def link(slug: str, label: str, icon: str) -> None:
    """Draw a link to another page; where there is no such page, its label alone."""
    found = st.session_state.get("pages", {}).get(slug)
    if found is None:
        st.markdown(f"{icon} {label}")
    else:
        st.page_link(found, label=label, icon=icon)


def forget(key: str) -> None:
    """Drop what a widget holds, so that it starts anew."""
    st.session_state.pop(key, None)


def owner() -> str:
    """Name this visitor to the job runner."""
    if "owner" not in st.session_state:
        st.session_state["owner"] = uuid4().hex
    name: str = st.session_state["owner"]
    return name


def cancel_training() -> None:
    """Stop the training of this visitor."""
    now = session()
    if now.training is not None:
        now.training.cancel()
