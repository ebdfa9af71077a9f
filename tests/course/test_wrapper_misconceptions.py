"""Wrong answers about wrappers find their reason: 64 samples a batch, 40 timesteps, 24 steps ahead, 32 units."""

from __future__ import annotations

import pytest

from lstm_course.course.judging import judge
from lstm_course.course.loading import find_lesson
from lstm_course.shapes import predict

WRONG = [
    ("joined", "(64, 32)", "one-direction-leaves"),
    ("joined", "(64, 2, 32)", "directions-on-an-axis"),
    ("joined", "(64, 40, 64)", "both-return-sequences"),
    ("both-parameters", "4,352", "one-direction-only"),
    ("repeated", "(64, 768)", "repeat-on-last-axis"),
    ("repeated", "(64, 32, 24)", "repeat-behind-units"),
    ("repeated", "(64, 40, 32)", "repeat-window"),
    ("repeated", "(64, 32)", "repeat-changes-nothing"),
    ("decoded", "(64, 1)", "decoded-one-number"),
    ("decoded", "(64, 24)", "decoded-flat"),
    ("decoded", "(64, 24, 32)", "decoded-still-wide"),
    ("decoded", "(64, 40, 1)", "decoded-window"),
    ("shared-weights", "33 * 40", "weights-for-each-timestep"),
    ("shared-weights", "32", "shared-bias-forgotten"),
    ("direct-weights", "33", "direct-head-shares"),
    ("direct-weights", "32 * 24", "direct-bias-forgotten"),
]
RIGHT = [
    ("joined", "(64, 64)"),
    ("both-parameters", "8,704"),
    ("repeated", "(64, 24, 32)"),
    ("decoded", "(64, 24, 1)"),
    ("shared-weights", "33"),
    ("direct-weights", "33 * 24"),
]


def judged(question_id, answer):
    lesson = find_lesson("wrappers-and-seq2seq")
    question = next(each for step in lesson.steps for each in step.questions if each.id == question_id)
    return judge(question, predict(lesson.start.change(timesteps=40, horizon=24)), answer)


@pytest.mark.parametrize(("question_id", "answer", "misconception"), WRONG)
def test_a_wrong_answer_finds_its_reason(question_id, answer, misconception):
    found = judged(question_id, answer)
    assert (found.verdict, found.misconception) == ("wrong", misconception)


@pytest.mark.parametrize(("question_id", "answer"), RIGHT)
def test_the_right_answer_is_right(question_id, answer):
    assert judged(question_id, answer).is_right
