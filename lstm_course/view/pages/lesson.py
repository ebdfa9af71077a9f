"""One lesson: step by step beside the diagram, which stays."""

from __future__ import annotations

import streamlit as st

from lstm_course.course.lesson import Lesson, Step, why_unfit
from lstm_course.course.loading import readable_lessons
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import fill
from lstm_course.course.questions import Number, Question, Shape
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.shapes.tensor import SAMPLES
from lstm_course.view import controls, memory, state
from lstm_course.view.diagram_part import show_diagram
from lstm_course.view.exercises import show_exercises
from lstm_course.view.pane import pane_heights
from lstm_course.view.prose import show_prose
from lstm_course.view.questions import open_questions, show_question
from lstm_course.view.recall import show_recall
from lstm_course.view.turning import begin_at_top
from lstm_course.view.views import draw


def show(slug: str) -> None:
    """Draw the lesson at the step where the visitor is."""
    lesson = next(found for found in readable_lessons()[0] if found.slug == slug)
    number = _current(lesson)
    memory.see_step(lesson, number)
    step = lesson.steps[number] if number < len(lesson.steps) else None
    st.title(f"{lesson.number} · {lesson.title}")
    st.html(f'<p class="lc-question">{lesson.question}</p>')
    if step is None:
        _steps_bar(lesson, number)
        _ending(lesson)
        begin_at_top(f"{slug}/{number}")
        return
    text, picture = st.columns([0.4, 0.6], gap="medium")
    prediction = _predict()
    with picture:
        pane_heights()
        show_diagram(step.focus, step.depth, _veiled(lesson, step, prediction), f"{slug}/{number}")
    with text:
        _steps_bar(lesson, number)
        _step(lesson, step, prediction)
        _turn_page(lesson, number)
    begin_at_top(f"{slug}/{number}")


def _predict() -> Prediction | None:
    try:
        return state.session().predict()
    except ProblemError:
        return None


def _veiled(lesson: Lesson, step: Step, prediction: Prediction | None) -> tuple[str, ...]:
    """Name the stages from which an open question of the step could be read off."""
    if prediction is None:
        return ()
    open_ = open_questions(lesson, step)
    asked = {stage for question in open_ if (stage := _asked_stage(question))}
    wanted = {_asked_stage(question) for question in open_ if isinstance(question, Shape)}
    shapes = {stage.shape[1:] for stage in prediction.stages if stage.id in wanted}
    counts = {stage.shape[0] for stage in prediction.stages if stage.id in asked and stage.axes[0] == SAMPLES}
    same = {stage.id for stage in prediction.stages if stage.shape[1:] in shapes}
    counted = {
        stage.id for stage in prediction.stages if stage.axes[0] == SAMPLES and stage.shape[0] in counts
    }
    return tuple(sorted(asked | same | counted | ({"batching"} if counts else set())))


def _asked_stage(question: Question) -> str:
    return question.answer.stage if isinstance(question, Shape | Number) else ""


def _current(lesson: Lesson) -> int:
    asked = st.query_params.get("step", "")
    last = state.remember(f"step/{lesson.slug}", 0)
    number = int(asked[:4]) - 1 if asked.isdecimal() else last
    number = max(0, min(number, len(lesson.steps)))
    state.store(f"step/{lesson.slug}", number)
    state.place_in_link("step", str(number + 1))
    return number


def _go(lesson: Lesson, number: int) -> None:
    state.store(f"step/{lesson.slug}", number)
    st.query_params["step"] = str(number + 1)


def _steps_bar(lesson: Lesson, number: int) -> None:
    titles = [f"{place + 1} · {step.title}" for place, step in enumerate(lesson.steps)]
    titles.append(_last_page(lesson))
    name = f"step-{lesson.slug}"
    st.selectbox(
        "Step", titles, number, key=state.bind(name, titles[number]), label_visibility="collapsed",
        on_change=lambda: _go(lesson, titles.index(state.bound(name))),
    )  # fmt: skip
    st.progress(number / len(lesson.steps))


def _last_page(lesson: Lesson) -> str:
    return "Exercises and recall" if lesson.exercises else "What to keep"


def _step(lesson: Lesson, step: Step, prediction: Prediction | None) -> None:
    st.subheader(step.title)
    if prediction is None:
        controls.show(("dataset",))
        return
    _say_unfit(lesson, prediction)
    numbers = numbers_of(prediction)
    show_prose(step.text, numbers)
    for question in step.questions:
        show_question(lesson, question, prediction)
    waiting = bool(open_questions(lesson, step))
    if step.try_this and not waiting:
        st.info(fill(step.try_this, numbers), icon=":material/touch_app:")
    if step.suggestion:
        _offer(step)
    controls.show(step.controls)
    if waiting and step.views:
        st.caption(":material/visibility_off: What follows opens when you have answered.")
    if not waiting:
        show_prose(step.after, numbers)
        for name in step.views:
            draw(name, prediction)


def _say_unfit(lesson: Lesson, prediction: Prediction) -> None:
    """Say when the lesson speaks of other data than the learner has now, and offer its own."""
    sentence = why_unfit(lesson, prediction.facts)
    if sentence:
        st.warning(sentence, icon=":material/info:")
        st.button(
            "Start from this lesson's experiment", on_click=state.session().change, args=(lesson.start,)
        )


def _offer(step: Step) -> None:
    """Offer the experiment that the step speaks of; the button is grey where the visitor has it already."""
    exp = state.session().exp
    try:
        has_it = step.set_up(exp) == exp
    except ProblemError:  # the button says why when it is pressed
        has_it = False
    st.button(
        "Set it up for me", icon=":material/auto_fix:", on_click=_take, args=(step,), disabled=has_it,
        help="The experiment is as this step wants it." if has_it else None,
    )  # fmt: skip


def _take(step: Step) -> None:
    now = state.session()
    now.change(step.set_up(now.exp))


def _turn_page(lesson: Lesson, number: int) -> None:
    with st.container(horizontal=True):
        st.button(
            "Back", icon=":material/arrow_back:", on_click=_go, args=(lesson, number - 1), disabled=not number
        )
        st.button(
            "Next", icon=":material/arrow_forward:", on_click=_go, args=(lesson, number + 1), type="primary"
        )
        st.button(
            "This lesson's start", icon=":material/restart_alt:", on_click=state.session().change, args=(lesson.start,),
            type="tertiary", disabled=state.session().exp == lesson.start,
            help="Take the experiment that this lesson was written with; yours stays in Undo of the playground.",
        )  # fmt: skip


def _ending(lesson: Lesson) -> None:
    prediction = _predict()
    if prediction is not None:
        show_prose(lesson.summary, numbers_of(prediction))
    show_exercises(lesson)
    if prediction is not None:
        show_recall(lesson, prediction)
        draw("code-so-far", prediction)
    with st.expander("Sources"):
        for source in lesson.sources:
            st.markdown(f"- {source}")
    st.button(
        "Back to the steps", icon=":material/arrow_back:", on_click=_go, args=(lesson, len(lesson.steps) - 1)
    )
