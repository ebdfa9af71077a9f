"""Questions on the page: the learner commits to an answer, then sees what is right and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from lstm_course.codec import from_json
from lstm_course.course.judging import judge
from lstm_course.course.lesson import Lesson, Step
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import fill, plain
from lstm_course.course.questions import Choice, Number, Order, Question, Shape
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, predict
from lstm_course.view import memory
from lstm_course.view.facts_cache import cached_facts
from lstm_course.view.ordering import put_in_order
from lstm_course.view.prose import show_prose


def open_questions(lesson: Lesson, step: Step) -> tuple[Question, ...]:
    """Return the questions of a step that the visitor has not committed to yet."""
    return tuple(
        question for question in step.questions if memory.answer_to(lesson.slug, question.id) is None
    )


def show_question(lesson: Lesson, question: Question, prediction: Prediction, place: str = "") -> None:
    """Draw one question, and the judgement of the answer that was given.

    Args:
        lesson: the lesson that the question belongs to.
        question: what is asked.
        prediction: the learner's experiment, from which the right answer follows.
        place: where the question stands, if it may stand in several places of one page.
    """
    with st.container(border=True):
        key = f"{place}/{lesson.slug}/{question.id}"
        given = _explained(lesson, question, memory.answer_to(lesson.slug, question.id))
        now = numbers_of(prediction)
        then = given.numbers if given is not None else None
        show_prose(question.prompt, then or now)  # an answer stands under the question that it answered
        if given is not None:
            if then and fill(question.prompt, then) != fill(question.prompt, now):
                st.caption(
                    "Asked of the experiment that you had then. “Answer again” asks of the present one."
                )
            _tell(lesson, question, prediction, given, key)
            return
        answer = ask(question, prediction, key)
        if answer is not None:
            _commit(lesson, question, prediction, answer)


def _explained(lesson: Lesson, question: Question, given: memory.Given | None) -> memory.Given | None:
    """Explain an answer of an earlier session once more, in the experiment that it was given for.

    Where that cannot be had any more, or the question has changed since, the answer stays without its reason.
    """
    if given is None or given.numbers is not None or not given.experiment:
        return given
    try:
        exp = from_json(given.experiment)
        prediction = predict(exp, cached_facts(exp))
        judgement = judge(question, prediction, given.answer)
    except ProblemError:
        return given
    if judgement.verdict != given.verdict:
        return given
    told = replace(given, text=judgement.text, numbers=numbers_of(prediction), right=judgement.right)
    memory.keep_answer(lesson.slug, question.id, told)
    return told


def ask(question: Question, prediction: Prediction, key: str) -> str | list[str] | None:
    """Draw what a question is answered with; return the answer in the run in which it is committed to."""
    numbers = numbers_of(prediction)
    if isinstance(question, Order):
        return put_in_order(_texts(question, numbers), key)
    with st.form(f"form{key}", border=False):
        answer = _answer_input(question, numbers, key)
        pressed = st.form_submit_button("Commit", icon=":material/check:")
    if pressed and answer is None:
        st.warning("Choose one of the answers first.", icon=":material/edit:")
    return answer if pressed else None


def _answer_input(question: Shape | Number | Choice, numbers: Mapping[str, str], key: str) -> str | None:
    if isinstance(question, Shape):
        return st.text_input("Shape", key=key, placeholder="such as (32, 10, 1)", max_chars=80)
    if isinstance(question, Number):
        label = f"Number of {question.unit}" if question.unit else "Number"
        return st.text_input(label, key=key, placeholder="a number, or a sum such as 4*(3+1)", max_chars=80)
    texts = _texts(question, numbers)
    return st.radio(
        "Answer",
        list(texts),
        index=None,
        key=key,
        format_func=texts.__getitem__,
        label_visibility="collapsed",
    )


def _texts(question: Choice | Order, numbers: Mapping[str, str]) -> dict[str, str]:
    """Write the options of a question, or the items of a list, by their keys."""
    options = question.options if isinstance(question, Choice) else question.items
    return {option.key: plain(fill(option.text, numbers)) for option in options}


def _commit(lesson: Lesson, question: Question, prediction: Prediction, answer: str | list[str]) -> None:
    judgement = judge(question, prediction, answer)
    if judgement.verdict == "unreadable" or not answer:
        st.warning(judgement.text, icon=":material/edit:")
        return
    memory.save_answer(lesson.slug, question.id, answer, judgement, prediction)
    st.rerun()


def _tell(lesson: Lesson, question: Question, prediction: Prediction, given: memory.Given, key: str) -> None:
    numbers = given.numbers or numbers_of(prediction)
    words = _in_words(question, given.answer, numbers)
    right = given.verdict == "right"
    text = plain(given.text) or f"That was {given.verdict} for the experiment that you had then."
    tell = st.success if right else st.warning
    tell(f"You said **{words}**. {text}", icon=":material/check_circle:" if right else ":material/help:")
    if isinstance(question, Choice) and not right:
        offer_right(question, given.right, numbers)
    st.button(
        "Answer again", key=f"again/{key}", icon=":material/replay:", type="tertiary", on_click=memory.ask_again,
        args=(lesson.slug, question.id),
    )  # fmt: skip


def in_words(question: Question, answer: str | list[str], prediction: Prediction) -> str:
    """Write an answer as the visitor saw it, with the numbers of an experiment."""
    return _in_words(question, answer, numbers_of(prediction))


def _in_words(question: Question, answer: str | Sequence[str], numbers: Mapping[str, str]) -> str:
    said = answer.split(" → ") if isinstance(answer, str) else answer
    return " → ".join(_shown(question, each, numbers) for each in said).rstrip(".")


def offer_right(question: Choice, right: str, numbers: Mapping[str, str]) -> None:
    """Let the visitor open the right answer; the reply to a wrong choice says only why it is wrong."""
    texts = [option.text.rstrip(".") for option in question.options if option.key == right]
    if texts:
        rest = question.explanation
        for option in question.options:  # a reply that it begins with has been read already
            rest = rest.removeprefix(option.why if option.key != right else "")
        with st.expander("The right answer"):
            show_prose(f"**{texts[0]}.** {rest.strip()}", {**numbers, "right": right})


def _shown(question: Question, said: str, numbers: Mapping[str, str]) -> str:
    """Write an answer as the visitor saw it: the text of an option instead of its key."""
    if isinstance(question, Shape | Number):
        return said
    return _texts(question, numbers).get(said, said)
