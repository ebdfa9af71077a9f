"""The app: navigation over lessons and tools, and what every page has in common."""

from __future__ import annotations

import logging
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import readable_lessons
from lstm_course.problems import ProblemError
from lstm_course.view import memory, state
from lstm_course.view.opening import keep_imports
from lstm_course.view.style import page_style
from lstm_course.view.training import collect

ICON = Path(__file__).with_name("assets") / "icon.svg"  # a named symbol would be fetched from the network
_log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="lstm-course", page_icon=str(ICON), layout="wide")
    page_style()
    sections = _pages()
    state.register_pages({page.url_path: page for pages in sections.values() for page in pages})
    page = st.navigation(sections, position="top")
    collect()
    state.begin_page()
    _say_notice(page.url_path)
    _draw(page)
    state.write_link()
    keep_imports()


def _say_notice(place: str) -> None:
    """Say what is wrong with the link; and what became of the file of progress, on the page where it is noticed."""
    now = state.session()
    if now.problem and not now.refused:
        st.warning(now.problem, icon=":material/link_off:")
    notice = memory.progress().notice
    if notice and state.remember(f"noticed/{notice}", place) == place != "progress":
        st.warning(notice, icon=":material/warning:")


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
        "": [_page("home", "Start", "start", ":material/home:", default=True)],
        "Lessons": lessons,
        "Tools": [
            _page("playground", "Playground", "playground", ":material/tune:"),
            _page("compare", "Compare", "compare", ":material/compare:"),
            _page("drills", "Drills", "drills", ":material/exercise:"),
            _page("doctor", "Shape doctor", "doctor", ":material/stethoscope:"),
            _page("glossary", "Glossary", "glossary", ":material/dictionary:"),
            _page("progress", "Progress", "progress", ":material/trending_up:"),
        ],
    }


def _page(name: str, title: str, slug: str, icon: str, default: bool = False) -> st.Page:
    return st.Page(partial(_show, name), title=title, url_path=slug, icon=icon, default=default)


def _lesson_page(found: Lesson) -> st.Page:
    title = f"{found.number} · {found.title}"
    return st.Page(
        partial(_show, "lesson", found.slug), title=title, url_path=found.slug, icon=":material/school:"
    )


def _show(name: str, *arguments: str) -> None:
    """Draw a page; what it alone needs is imported when it is first drawn."""
    import_module(f"lstm_course.view.pages.{name}").show(*arguments)
