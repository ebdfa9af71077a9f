"""A check is put on record when it is over, though its tab may be closed by then."""

from __future__ import annotations

import threading

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from lstm_course.course.grading import Message, Verdict
from lstm_course.view.memory import progress, withdraw_check


class SlowJob:
    """A check that is over when somebody says so."""

    def __init__(self, number: int) -> None:
        self.id = number
        self.over = threading.Event()
        self.cancel = self.over.set

    def result(self, timeout: float | None = None) -> Verdict:
        self.over.wait(30)
        return Verdict("wrong", Message("no-labels", "None."))


def begin(job: object) -> None:
    """Ask for a check, as the page does; the tab is closed when the function is over."""
    from lstm_course.view import memory

    memory.record_check("windows", "windows_by_hand", "x = 1", job)


def recorded(job: SlowJob) -> list[tuple[str, str]]:
    app = AppTest.from_function(begin, args=(job,), default_timeout=60).run()
    assert not app.exception
    recorder = app.session_state["page/recorders"][job.id]
    job.over.set()
    recorder.join(30)
    return [(row["verdict"], row["message"]) for row in progress().entries("attempts", lesson="windows")]


@pytest.fixture(autouse=True)
def nothing_before():
    yield
    progress().reset("windows")


def test_a_check_that_outlives_its_tab_is_on_record() -> None:
    assert recorded(SlowJob(-1)) == [("wrong", "no-labels")]


def test_a_check_of_an_exercise_that_was_started_over_is_not() -> None:
    job = SlowJob(-2)
    withdraw_check(job)
    assert recorded(job) == []


def draw_end() -> None:
    """Draw the last page of a lesson."""
    import streamlit as st

    from lstm_course.view.pages import lesson

    st.query_params["step"] = "99"
    lesson.show("windows")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the exercises that are open first, without their marks."""
    found: list[str] = []
    monkeypatch.setattr("lstm_course.view.exercises.code_may_run", lambda: True)
    tabs = streamlit.tabs

    def open_(titles: list[str], default: str | None) -> object:
        found.append((default or titles[0]).split(" ", 1)[1])
        return tabs(titles, default=default)

    monkeypatch.setattr(streamlit, "tabs", open_)
    return found


def test_the_exercise_that_was_checked_stays_open_when_its_mark_changes(opened: list[str]) -> None:
    app = AppTest.from_function(draw_end, default_timeout=60)
    app.session_state["page/checked/windows"] = "repair_the_windows"
    assert not app.run().exception
    assert opened == ["A program from a tutorial"]


def test_a_page_that_is_opened_anew_shows_what_was_written_in_last(opened: list[str]) -> None:
    app = AppTest.from_function(draw_end, default_timeout=60)
    assert not app.run().exception
    progress().save_draft("windows", "windows_by_hand", "x = 1")
    assert not AppTest.from_function(draw_end, default_timeout=60).run().exception
    assert opened == ["Count the windows", "Cut the windows"]
