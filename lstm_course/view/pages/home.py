"""The first page: what this is, the lessons in order, and where to go on."""

from __future__ import annotations

import streamlit as st

from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import readable_lessons
from lstm_course.view import memory, state
from lstm_course.view.diagram_part import show_diagram


def show() -> None:
    """Draw the first page."""
    text, picture = st.columns([0.42, 0.58], gap="large")
    with text:
        st.title("Keras LSTMs, read from the bottom up")
        st.markdown(
            "One diagram shows how rows of a time series become windows, batches, states and a forecast, and what the "
            "labels must look like to meet it. Every shape and every number in it is live: change a control and the "
            "diagram follows; a real Keras model confirms it a moment later."
        )
        lessons, broken = readable_lessons()
        following = next((lesson for lesson in lessons if not memory.is_finished(lesson)), lessons[0])
        begun = any(memory.steps_seen(lesson.slug) for lesson in lessons)
        words = "Go on with" if begun else "Start with"
        label = f"{words} {following.number} · {following.title}"
        with st.container(key="go-on"):
            state.link(following.slug, label, ":material/play_arrow:")
        st.subheader("The lessons")
        for lesson in lessons:
            _line(lesson)
        for sentence in broken:
            st.warning(sentence, icon=":material/warning:")
    with picture:
        show_diagram()


def _line(lesson: Lesson) -> None:
    seen = memory.steps_seen(lesson.slug)
    icon = (
        "check_circle" if memory.is_finished(lesson) else ("timelapse" if seen else "radio_button_unchecked")
    )
    state.link(lesson.slug, f"**{lesson.number} · {lesson.title}**", f":material/{icon}:")
    st.caption(f"{lesson.question} {lesson.minutes} min.")
