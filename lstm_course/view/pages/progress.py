"""Progress: what is mastered, what to do next; take it along, bring it back, start over."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import readable_lessons
from lstm_course.course.progress import (
    LessonProgress,
    export_progress,
    import_progress,
    mastered,
    misses,
    next_step,
)
from lstm_course.problems import ProblemError
from lstm_course.view import memory, state
from lstm_course.view.tables import row, table
from lstm_course.wording import counted

_EVERYTHING = "everything"


def show() -> None:
    """Draw the page."""
    st.title("Progress")
    progress = memory.progress()
    if progress.notice:
        st.warning(progress.notice, icon=":material/warning:")
    lessons, _ = readable_lessons()
    following = next_step(progress, lessons)
    st.markdown(f"**Next:** {following.sentence}")
    if following.lesson:
        state.link(following.lesson, "Go there", ":material/arrow_forward:")
    st.html(_table(lessons))
    _show_misses(lessons)
    _keep()
    _start_over(lessons)
    st.caption(
        f"Kept in {progress.path}." if progress.path else "Kept in memory only, until the course is closed."
    )


def _table(lessons: tuple[Lesson, ...]) -> str:
    """Write what was done of each lesson as an HTML table, which a narrow page shows whole."""
    pairs = zip(lessons, mastered(memory.progress(), lessons), strict=True)
    rows = (_line(lesson, done) for lesson, done in pairs)
    return table("lc-counts", ("lesson", "steps", "questions", "exercises"), rows)


def _line(lesson: Lesson, done: LessonProgress) -> str:
    counts = (
        (done.steps_seen, done.num_steps),
        (done.questions_right, done.num_questions),
        (len(done.solved), done.num_exercises),
    )
    note = "<small>mastered ✓</small>" if done.is_mastered else ""
    title = f"{lesson.number} · {escape(lesson.title)}{note}"
    return row(title, (f"{number} of {most}" if most else "none" for number, most in counts))


def _show_misses(lessons: tuple[Lesson, ...]) -> None:
    """List what came up more than once, each with the lesson that speaks of it."""
    found = misses(memory.progress())
    if not found:
        return
    st.subheader("What came up more than once")
    names = {lesson.slug: f"{lesson.number} · {lesson.title}" for lesson in lessons}
    for miss in found:
        where = f"last in {names[miss.lesson]}" if miss.lesson in names else "in drills"
        st.markdown(f"- You answered as if **{miss.title}**: {counted(miss.times, 'time')}, {where}.")


def _keep() -> None:
    st.subheader("Take it along")
    st.download_button(
        "Download progress", export_progress(memory.progress()), "lstm-course-progress.json", "application/json",
        icon=":material/download:",
    )  # fmt: skip
    file = st.file_uploader(
        "Bring progress back", type=["json"], key="progress-file", help="What is newer here stays."
    )
    if file is None or state.remember("progress-read", "") == file.file_id:
        return
    state.store("progress-read", file.file_id)
    try:
        added = import_progress(memory.progress(), file.getvalue().decode("utf-8", errors="replace"))
    except ProblemError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    memory.forget_session()
    st.success(f"{added} entries were added.", icon=":material/check:")


def _start_over(lessons: tuple[Lesson, ...]) -> None:
    st.subheader("Start over")
    options = [_EVERYTHING, *(lesson.slug for lesson in lessons)]
    chosen = st.selectbox(
        "What to forget", options, index=None, key="reset-what", placeholder="a lesson, or everything"
    )
    st.button("Forget it", icon=":material/delete:", disabled=chosen is None, on_click=_reset, args=(chosen,))
    undoable = memory.progress().undoable
    if undoable:
        st.button(f"Take back: {undoable}", icon=":material/undo:", on_click=_undo)


def _reset(chosen: str) -> None:
    memory.progress().reset(None if chosen == _EVERYTHING else chosen)
    memory.forget_session()


def _undo() -> None:
    memory.progress().undo()
    memory.forget_session()
