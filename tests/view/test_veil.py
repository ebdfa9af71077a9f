"""A question hides what it asks for, and leaves the rest of the diagram to be read."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def veiled(slug: str, step_id: str) -> set[str]:
    """Ask the page which stages it hides on a step whose questions are open."""

    def ask(slug: str, step_id: str) -> None:
        import streamlit as st

        from lstm_course.course.loading import find_lesson
        from lstm_course.shapes import predict
        from lstm_course.view.pages.lesson import _veiled

        lesson = find_lesson(slug)
        st.session_state["found"] = _veiled(lesson, lesson.step(step_id), predict(lesson.start))

    app = AppTest.from_function(ask, args=(slug, step_id), default_timeout=60).run()
    assert not app.exception
    return set(app.session_state["found"])


def test_a_count_of_samples_hides_every_place_that_tells_it() -> None:
    from lstm_course.course.loading import find_lesson

    step = next(step for step in find_lesson("windows").steps if step.title == "How many windows")
    assert {"windowing", "labels", "batching"} <= veiled("windows", step.id)


def test_a_count_of_parameters_hides_its_layer_alone() -> None:
    from lstm_course.course.loading import find_lesson

    step = next(
        step for step in find_lesson("every-parameter").steps if step.title == "With and without a bias"
    )
    assert veiled("every-parameter", step.id) <= {"recurrent-layer-1"}
