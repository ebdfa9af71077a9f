"""The app: navigation over lessons and tools, and what every page has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from lstm_course import jobs
from lstm_course.course.loading import Lesson, load_lessons
from lstm_course.view import state
from lstm_course.view.pages import doctor, drills, glossary, home, lesson, playground, progress
from lstm_course.view.style import page_style

TITLE = "Recurrent networks, read from the bottom up"


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="lstm-course", page_icon=":material/schema:", layout="wide")
    jobs.warm_up()
    page_style()
    page = st.navigation(_pages(), position="top")
    state.session()
    page.run()
    state.write_link()


def _pages() -> dict[str, list[st.Page]]:
    lessons = [_lesson_page(found) for found in load_lessons()]
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
