"""Drills: random questions about shapes, without end; what was missed comes back."""

from __future__ import annotations

import streamlit as st

from lstm_course.course.drills import MAX_LEVEL, Drill, level_of, make_drill, next_drill, results_of
from lstm_course.course.judging import Judgement, judge
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import plain
from lstm_course.course.questions import Choice
from lstm_course.view import memory, state
from lstm_course.view.prose import show_prose
from lstm_course.view.questions import ask, in_words, offer_right


def show() -> None:
    """Draw the page."""
    st.title("Drills")
    history = results_of(memory.progress().entries("drills"))
    right = sum(result.is_right for result in history)
    st.markdown(
        f"Level **{level_of(history)}** of {MAX_LEVEL} · {right} of {len(history)} right · what you miss comes back"
    )
    drill = _current()
    with st.container(border=True):
        numbers = numbers_of(drill.prediction)
        show_prose(drill.question.prompt, numbers)
        told: tuple[str, Judgement] | None = state.remember("drill-told", None)
        if told is None:
            _ask(drill)
        else:
            said, judged = told
            tell = st.success if judged.is_right else st.warning
            tell(
                f"You said **{said}**. {plain(judged.text)}",
                icon=":material/check_circle:" if judged.is_right else ":material/help:",
            )
            if isinstance(drill.question, Choice) and not judged.is_right:
                offer_right(drill.question, judged.right, numbers)
            st.button("Next", type="primary", icon=":material/arrow_forward:", on_click=_next)
            st.button("Open it in the playground", icon=":material/tune:", on_click=_open, args=(drill,))


def _current() -> Drill:
    place = state.remember("drill", None)
    if place is None:
        drill = next_drill(results_of(memory.progress().entries("drills")))
        state.store("drill", (drill.kind, drill.level, drill.seed))
        return drill
    return make_drill(*place)


def _ask(drill: Drill) -> None:
    answer = ask(drill.question, drill.prediction, f"drill/{drill.kind}/{drill.seed}")
    if not answer:
        return
    judged = judge(drill.question, drill.prediction, answer)
    if judged.verdict in ("unreadable", "impossible"):
        st.warning(judged.text, icon=":material/edit:")
        return
    text = answer if isinstance(answer, str) else " → ".join(answer)
    memory.progress().drill(drill.kind, drill.level, drill.seed, text, judged.is_right, judged.misconception)
    state.store("drill-told", (in_words(drill.question, answer, drill.prediction), judged))
    st.rerun()


def _next() -> None:
    state.store("drill", None)
    state.store("drill-told", None)


def _open(drill: Drill) -> None:
    state.session().change(drill.exp)
