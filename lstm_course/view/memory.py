"""What the visitor has done: answers, steps, programs. Kept on disk; this session's own words beside it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lstm_course.codec import to_json
from lstm_course.course.grading import verdict_of
from lstm_course.course.judging import Judgement
from lstm_course.course.lesson import Lesson
from lstm_course.course.numbers import numbers_of
from lstm_course.course.progress import Progress, now
from lstm_course.jobs import Job
from lstm_course.shapes import Prediction
from lstm_course.view import state

_lock = threading.Lock()
_opened: list[Progress] = []
_withdrawn: set[int] = set()  # numbers of the checks that are not wanted any more


@dataclass(frozen=True)
class Given:
    """An answer that was committed to."""

    answer: str | Sequence[str]  # what was said
    verdict: str  # right or wrong
    text: str  # why, in the numbers of that moment; empty where it was given in an earlier session
    numbers: Mapping[str, str] | None = None  # the numbers of that moment; None from an earlier session
    experiment: str = ""  # what it was given for, as JSON; empty where that was not kept
    right: str = ""  # the right answer of that moment; empty where it is not known any more


def progress() -> Progress:
    """Return the progress of this machine's learner, opened once for all tabs."""
    with _lock:
        if not _opened:
            _opened.append(Progress())
        return _opened[0]


def answer_to(lesson: str, question: str) -> Given | None:
    """Return the answer that a question was given, or None while it is open."""
    here: dict[tuple[str, str], Given | None] = state.remember("answers", {})
    if (lesson, question) not in here:
        rows = progress().entries("answers", lesson=lesson, question=question)
        here[lesson, question] = _of_record(rows[-1]) if rows else None
    return here[lesson, question]


def _of_record(row: Mapping[str, str | None]) -> Given:
    return Given(row["answer"] or "", row["verdict"] or "", "", None, row["experiment"] or "")


def keep_answer(lesson: str, question: str, given: Given) -> None:
    """Keep in this session what was said to an answer of an earlier one."""
    state.remember("answers", {})[lesson, question] = given


def save_answer(
    lesson: str, question: str, answer: str | Sequence[str], judgement: Judgement, prediction: Prediction
) -> None:
    """Keep an answer, what was said to it, and the experiment that it was given for."""
    asked_of = to_json(prediction.exp)
    numbers = numbers_of(prediction)
    given = Given(answer, judgement.verdict, judgement.text, numbers, asked_of, judgement.right)
    keep_answer(lesson, question, given)
    text = answer if isinstance(answer, str) else " → ".join(answer)
    progress().answer(lesson, question, text, judgement.verdict, judgement.misconception, asked_of)


def ask_again(lesson: str, question: str) -> None:
    """Open a question again in this session; the earlier answer stays on record."""
    state.remember("answers", {})[lesson, question] = None


def see_step(lesson: Lesson, number: int) -> None:
    """Note that a step was seen."""
    if number < len(lesson.steps):
        step = lesson.steps[number].id
        seen = _seen()
        if (lesson.slug, step) not in seen:
            seen.add((lesson.slug, step))
            progress().see_step(lesson.slug, step)


def _seen() -> set[tuple[str, str]]:
    known = {(row["lesson"], row["step"]) for row in progress().entries("steps")}
    seen: set[tuple[str, str]] = state.remember("seen", known)
    return seen


def steps_seen(lesson: str) -> int:
    """Return how many steps of a lesson were seen."""
    return sum(slug == lesson for slug, _ in _seen())


def is_finished(lesson: Lesson) -> bool:
    """Whether every step was seen and every exercise solved."""
    solved = all(is_solved(lesson.slug, exercise.name) for exercise in lesson.exercises)
    return solved and steps_seen(lesson.slug) >= len(lesson.steps)


def is_solved(lesson: str, exercise: str) -> bool:
    """Whether an exercise was solved at least once."""
    if "solved" not in state.remember("solved", {}):
        state.store("solved", {"solved": progress().solved()})
    return (lesson, exercise) in state.remember("solved", {})["solved"]


def code_of(lesson: str, exercise: str) -> str | None:
    """Return the latest program of an exercise; None where nothing was written yet."""
    return progress().code(lesson, exercise)


def last_exercise(lesson: str) -> str:
    """Name the exercise of a lesson in whose editor something was written last; empty where nothing was."""
    drafts = progress().entries("drafts", lesson=lesson)
    return str(drafts[-1]["exercise"]) if drafts else ""


def save_code(lesson: str, exercise: str, code: str) -> None:
    """Keep what stands in the editor."""
    if code_of(lesson, exercise) != code:
        progress().save_draft(lesson, exercise, code)


def record_check(lesson: str, exercise: str, code: str, job: Job) -> None:
    """Put a check on record as soon as it is over, even when the page that asked for it is closed by then."""
    kept, asked = progress(), now()

    def record() -> None:
        verdict = verdict_of(job)
        message = verdict.message.id if verdict.message else None
        if job.id not in _withdrawn:
            kept.attempt(lesson, exercise, code, verdict.kind, message, asked)

    recorder = threading.Thread(target=record, name="record-check", daemon=True)
    recorder.start()
    state.remember("recorders", {})[job.id] = recorder


def withdraw_check(job: Job) -> None:
    """End a check whose exercise is started over, and leave it off the record."""
    _withdrawn.add(job.id)
    job.cancel()


def is_news(job: Job) -> bool:
    """Whether this session sees the end of a check for the first time; from then on it is on record."""
    recorder: threading.Thread | None = state.remember("recorders", {}).pop(job.id, None)
    if recorder is None:
        return False
    recorder.join()
    state.store("solved", {})
    return True


def reset_exercise(lesson: str, exercise: str) -> None:
    """Forget the programs of an exercise; the reset can be undone on the page of progress."""
    progress().reset(lesson, exercise)
    forget_session()


def forget_session() -> None:
    """Drop what this session remembers, after a reset, an undo or an import."""
    for name in ("answers", "solved"):
        state.store(name, {})
    state.drop("seen")
