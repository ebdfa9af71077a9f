"""Exercises on the page: edit, run, check, climb the hints, read the explanation, start over."""

from __future__ import annotations

import streamlit as st

from lstm_course import jobs
from lstm_course.course.exercise import Exercise
from lstm_course.course.grading import Verdict, submit_check, submit_run, verdict_of
from lstm_course.course.lesson import Lesson
from lstm_course.jobs.job import FINAL
from lstm_course.view import memory, state
from lstm_course.view.editor import edit_code
from lstm_course.view.noticing import bring_into_view
from lstm_course.view.trust import code_may_run, say_refusal

_POLL = 0.3
_KEYS = "Ctrl+Enter runs, Ctrl+Shift+Enter checks; Esc and then Tab leave the editor."
_KINDS = {"faded": "fill the gap", "free": "write it", "debugging": "repair it"}


def show_exercises(lesson: Lesson) -> None:
    """Draw the exercises of a lesson, one to a tab."""
    if not lesson.exercises:
        return
    st.subheader("Exercises")
    if not code_may_run():
        say_refusal()
        return
    marks = {name: _mark(lesson, name) for name in (exercise.name for exercise in lesson.exercises)}
    titles = {exercise.name: f"{marks[exercise.name]} {exercise.title}" for exercise in lesson.exercises}
    # tabs whose titles change are made anew, and would begin with the first
    last = titles.get(_last(lesson))
    for tab, exercise in zip(st.tabs(list(titles.values()), default=last), lesson.exercises, strict=True):
        with tab:
            _show(lesson, exercise)


def _last(lesson: Lesson) -> str:
    """Name the exercise that was checked last; where the page is opened anew, the one that was worked on last."""
    name = f"checked/{lesson.slug}"
    known: str | None = state.remember(name, None)
    if known is None:
        known = memory.last_exercise(lesson.slug)
        state.store(name, known)
    return known


def _mark(lesson: Lesson, name: str) -> str:
    return (
        ":material/check_circle:"
        if memory.is_solved(lesson.slug, name)
        else ":material/radio_button_unchecked:"
    )


def _show(lesson: Lesson, exercise: Exercise) -> None:
    key = f"{lesson.slug}/{exercise.name}"
    task, work = st.columns([0.4, 0.6], gap="medium")
    with task:
        st.caption(f"{_KINDS[exercise.kind]} · as a file: `lstm-course check {lesson.slug}/{exercise.name}`")
        st.markdown(exercise.prompt)
        _hints(key, exercise)
    with work:
        version = state.remember(f"version/{key}", 0)
        saved = memory.code_of(lesson.slug, exercise.name)
        code, asked = edit_code(
            f"editor/{key}",
            saved or exercise.starter,
            version,
            f"Program for {exercise.title}. Escape, then Tab, leaves it.",
        )
        _keep(lesson, exercise, key, code, saved)
        _buttons(lesson, exercise, key, code, asked)
        _outcome(lesson, exercise, key)


def _keep(lesson: Lesson, exercise: Exercise, key: str, code: str, saved: str | None) -> None:
    """Keep what was typed here; what was not changed here may have been written further in another tab."""
    before = state.remember(f"text/{key}", saved or exercise.starter)
    if code != before:
        state.store(f"text/{key}", code)
        memory.save_code(lesson.slug, exercise.name, code)


def _buttons(lesson: Lesson, exercise: Exercise, key: str, code: str, asked: str) -> None:
    busy = _running(key)
    check, run, reset = st.columns(3)
    wants_check = check.button(
        "Check", type="primary", icon=":material/task_alt:", key=f"check/{key}", disabled=busy, width="stretch",
        help="Ctrl+Shift+Enter in the editor",
    )  # fmt: skip
    wants_run = run.button(
        "Run",
        icon=":material/play_arrow:",
        key=f"run/{key}",
        disabled=busy,
        width="stretch",
        help="Ctrl+Enter in the editor",
    )
    reset.button(
        "Start over", icon=":material/restart_alt:", key=f"reset/{key}", width="stretch", on_click=_reset,
        args=(lesson, exercise, key), help="Your program is kept in Progress and can be taken back there.",
    )  # fmt: skip
    st.html(f'<p class="lc-keys">{_KEYS}</p>')
    if (wants_check or asked == "check") and not busy:
        job = submit_check(exercise, code, state.owner())
        memory.record_check(lesson.slug, exercise.name, code, job)
        state.store(f"job/{key}", ("check", job))
        state.store(f"checked/{lesson.slug}", exercise.name)
        st.rerun()
    if (wants_run or asked == "run") and not busy:
        state.store(f"job/{key}", ("run", submit_run(code, exercise.seconds, state.owner())))
        st.rerun()


def _running(key: str) -> bool:
    held = state.remember(f"job/{key}", None)
    return held is not None and held[1].state not in FINAL


def _reset(lesson: Lesson, exercise: Exercise, key: str) -> None:
    if _running(key):
        memory.withdraw_check(state.remember(f"job/{key}", None)[1])
    memory.reset_exercise(lesson.slug, exercise.name)
    state.store(f"version/{key}", state.remember(f"version/{key}", 0) + 1)
    state.store(f"job/{key}", None)
    state.drop(f"text/{key}")
    state.forget(f"editor/{key}")


def _outcome(lesson: Lesson, exercise: Exercise, key: str) -> None:
    held = state.remember(f"job/{key}", None)
    if held is None:
        if memory.is_solved(lesson.slug, exercise.name):
            _success(exercise, "Solved, with this program or an earlier one.")
        return
    kind, job = held
    if job.state not in FINAL:
        _wait(key)
        return
    verdict = verdict_of(job, 0)
    if kind == "check" and memory.is_news(job) and verdict.is_right:
        st.rerun()  # the mark in the tab above was drawn before
    _tell(verdict, exercise, checked=kind == "check")
    bring_into_view(str(job.id), f"told/{key}")


@st.fragment(run_every=_POLL)
def _wait(key: str) -> None:
    held = state.remember(f"job/{key}", None)
    if held is None or held[1].state in FINAL:
        st.rerun()
    job: jobs.Job = held[1]
    words = f"place {job.place} in the queue" if job.place else "your program runs in a process of its own"
    st.caption(f":material/hourglass_empty: {words}")
    st.button("Cancel", icon=":material/stop:", key=f"cancel/{key}", on_click=job.cancel)


def _tell(verdict: Verdict, exercise: Exercise, checked: bool) -> None:
    if checked and verdict.is_right:
        _success(exercise, "Right.")
    elif verdict.message is not None:
        tell = {"wrong": st.warning, "not attempted": st.info}.get(verdict.kind, st.error)
        found = verdict.kind.capitalize() if checked else "It did not come to its end"
        tell(f"**{found}.** {verdict.message.text}")
    elif not checked:
        st.success("The program ran to its end.", icon=":material/check:")
    if verdict.output:
        st.caption("What it printed")
        st.code(verdict.output, language=None)
    if verdict.detail:
        with st.expander("Where it failed"):
            st.code(verdict.detail, language=None)


def _success(exercise: Exercise, words: str) -> None:
    st.success(f"**{words}**", icon=":material/check_circle:")
    st.markdown(exercise.explanation.replace("\n## ", "\n#### "))


def _hints(key: str, exercise: Exercise) -> None:
    shown = state.remember(f"hints/{key}", 0)
    for hint in exercise.hints[:shown]:
        st.info(f"**{hint.title}.** {hint.text}", icon=":material/lightbulb:")
    if shown < len(exercise.hints):
        st.button(
            "A hint" if not shown else "A further hint", icon=":material/lightbulb:", key=f"hint/{key}",
            on_click=state.store, args=(f"hints/{key}", shown + 1),
        )  # fmt: skip
