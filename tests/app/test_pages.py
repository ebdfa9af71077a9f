"""Every page can be drawn, without TensorFlow and without a browser; what a visitor turns, the experiment follows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_course.course.loading import load_lessons

TOOLS = ("home", "playground", "compare", "drills", "doctor", "glossary", "progress")


def draw_tool(name: str) -> None:
    """Draw one tool's page as the app does; AppTest runs the source of this function alone."""
    from importlib import import_module

    import_module(f"lstm_course.view.pages.{name}").show()


def draw_lesson(slug: str, step: int) -> None:
    """Draw one step of a lesson."""
    import streamlit as st

    from lstm_course.view.pages import lesson

    st.query_params["step"] = str(step)
    lesson.show(slug)


@pytest.mark.parametrize("name", TOOLS)
def test_tool_is_drawn(name: str) -> None:
    app = AppTest.from_function(draw_tool, args=(name,), default_timeout=60).run()
    assert not app.exception
    assert app.title or name == "home"


def test_findings_are_found_by_stage_and_by_a_word() -> None:
    app = AppTest.from_function(draw_tool, args=("doctor",), default_timeout=60).run()
    app.selectbox(key="doctor-stage").set_value("loss").run()
    of_the_loss = {panel.label for panel in app.expander}
    assert "compile was given no loss" in of_the_loss
    assert "The labels are transposed" not in of_the_loss
    app.text_input(key="doctor-search").set_value("Transposed").run()
    assert [panel.label for panel in app.expander] == ["The labels are transposed · labels"]


STEPS = [(lesson.slug, step) for lesson in load_lessons() for step in range(1, len(lesson.steps) + 2)]


@pytest.mark.parametrize(("slug", "step"), STEPS)
def test_step_is_drawn(slug: str, step: int) -> None:
    app = AppTest.from_function(draw_lesson, args=(slug, step), default_timeout=60).run()
    assert not app.exception
    assert app.title
