"""The app: navigation over lessons and tools, and what every page has in common."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from lstm_course import jobs
from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import readable_lessons
from lstm_course.problems import ProblemError
from lstm_course.view import state
from lstm_course.view.pages import doctor, drills, glossary, home, lesson, playground, progress
from lstm_course.view.style import page_style
from lstm_course.view.training import collect

ICON = Path(__file__).with_name("assets") / "icon.svg"  # a named symbol would be fetched from the network
_log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="lstm-course", page_icon=str(ICON), layout="wide")
    jobs.warm_up()
    page_style()
    sections = _pages()
    state.register_pages({page.url_path: page for pages in sections.values() for page in pages})
    page = st.navigation(sections, position="top")
    collect()
    _draw(page)
    state.write_link()


def _draw(page: st.Page) -> None:
    """Draw a page; what goes wrong becomes a sentence, and the other pages go on."""
    try:
        page.run()
    except ProblemError as problem:
        st.error(str(problem), icon=":material/error:")
    except Exception:  # noqa: BLE001 - the boundary of the app: a learner sees a sentence, the log has the rest
        _log.exception("The page %s failed.", page.title)
        st.error(
            "This page met a fault of the course itself. Your experiment and your answers are kept; undo the last "
            "change in the playground, or load the page again. The details are in the terminal that runs the course.",
            icon=":material/error:",
        )


def _pages() -> dict[str, list[st.Page]]:
    lessons = [_lesson_page(found) for found in readable_lessons()[0]]
    return {
        "": [_page(home.show, "Start", "start", ":material/home:", default=True)],
        "Lessons": lessons,
        "Tools": [
            _page(playground.show, "Playground", "playground", ":material/tune:"),
            _page(drills.show, "Drills", "drills", ":material/exercise:"),
            _page(doctor.show, "Shape doctor", "doctor", ":material/stethoscope:"),
            _page(glossary.show, "Glossary", "glossary", ":material/dictionary:"),
            _page(progress.show, "Progress", "progress", ":material/trending_up:"),
        ],
    }


def _page(show: Callable[[], None], title: str, slug: str, icon: str, default: bool = False) -> st.Page:
    return st.Page(show, title=title, url_path=slug, icon=icon, default=default)


def _lesson_page(found: Lesson) -> st.Page:
    return _page(
        partial(lesson.show, found.slug), f"{found.number} · {found.title}", found.slug, ":material/school:"
    )
