"""Each wrong answer about imagined labels finds its reason: 32 samples a batch, 48 timesteps, a horizon of 24."""

from __future__ import annotations

import pytest

from lstm_course.course.judging import judge
from lstm_course.course.loading import find_lesson
from lstm_course.shapes import predict

WRONG = [
    ("first-label", "47", "label-row-inside-window"),
    ("first-label", "49", "label-row-skipped"),
    ("first-label", "71", "last-label-for-first"),
    ("sequence-labels", "(32, 48)", "every-timestep-flat"),
    ("sequence-labels", "(32, 1)", "every-timestep-once"),
    ("sequence-labels", "(48, 1)", "every-timestep-without-batch"),
    ("sequence-labels", "(12193, 48, 1)", "all-samples-for-batch"),
    ("two-targets", "(32, 48)", "two-targets-joined"),
    ("two-targets", "(32, 2, 24)", "two-targets-swapped"),
    ("two-targets", "(32, 24)", "second-target-forgotten"),
    ("class-labels", "(32, 5)", "class-as-one-hot"),
    ("class-labels", "(32, 1)", "class-with-axis"),
    ("class-labels", "(5,)", "classes-for-samples"),
    ("one-hot-labels", "(32,)", "one-hot-as-integer"),
    ("one-hot-labels", "(32, 1)", "one-hot-single-column"),
    ("terms", "32", "mismatch-term-per-sample"),
    ("terms", "32 * 48", "mismatch-term-per-output"),
    ("terms", "32 * 32", "mismatch-without-timesteps"),
]
RIGHT = [
    ("first-label", "48"),
    ("all-labels", "(12193, 24)"),
    ("sequence-labels", "(32, 48, 1)"),
    ("two-targets", "(32, 24, 2)"),
    ("class-labels", "(32,)"),
    ("one-hot-labels", "(32, 5)"),
    ("terms", "49,152"),
]


def judged(question_id, answer):
    lesson = find_lesson("labels")
    question = next(each for step in lesson.steps for each in step.questions if each.id == question_id)
    return judge(question, predict(lesson.start), answer)


@pytest.mark.parametrize(("question_id", "answer", "misconception"), WRONG)
def test_a_wrong_answer_finds_its_reason(question_id, answer, misconception):
    found = judged(question_id, answer)
    assert (found.verdict, found.misconception) == ("wrong", misconception)


@pytest.mark.parametrize(("question_id", "answer"), RIGHT)
def test_the_right_answer_is_right(question_id, answer):
    assert judged(question_id, answer).is_right
