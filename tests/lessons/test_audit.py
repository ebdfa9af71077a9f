"""Every lesson and every exercise, held to the same rules. Run one with -k 02_windows."""

from __future__ import annotations

import pytest

from lstm_course.course.audit import audit_all, audit_lesson
from lstm_course.course.audit_exercises import audit_exercise
from lstm_course.course.loading import lesson_folders, load_lesson
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import fill
from lstm_course.course.questions import Choice
from lstm_course.problems import ProblemError
from lstm_course.shapes import predict

FOLDERS = lesson_folders()


def exercises():
    for folder in FOLDERS:
        try:
            lesson = load_lesson(folder)
        except ProblemError:
            continue  # test_lesson says why
        yield from (pytest.param(each, id=f"{folder.name}-{each.name}") for each in lesson.exercises)


def test_there_are_lessons():
    assert FOLDERS, "expected folders such as lessons/02_windows"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_lesson(folder):
    problems = audit_lesson(folder)
    assert not problems, "\n".join(["what is missing:", *problems])


@pytest.mark.parametrize("exercise", list(exercises()))
def test_exercise(exercise):
    problems = audit_exercise(exercise)
    assert not problems, "\n".join(["what is missing:", *problems])


def test_no_lesson_is_no_success(tmp_path):
    with pytest.raises(ProblemError, match="There is no lesson to audit"):
        audit_all(tmp_path)


def test_the_longest_option_is_not_the_right_one_more_often_than_by_chance():
    longest = by_chance = 0.0
    for lesson in map(load_lesson, FOLDERS):
        prediction = predict(lesson.start)
        numbers = {**numbers_of(prediction), "right": ""}
        for question in (
            *(each for step in lesson.steps for each in step.questions),
            *lesson.recall_questions,
        ):
            if isinstance(question, Choice):
                lengths = {option.key: len(fill(option.text, numbers)) for option in question.options}
                longest += lengths[str(question.answer(prediction))] == max(lengths.values())
                by_chance += 1 / len(lengths)
    assert longest < 1.25 * by_chance
