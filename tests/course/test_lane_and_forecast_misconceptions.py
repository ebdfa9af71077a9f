"""Each wrong answer about lanes and forecasts finds its reason, in the numbers of the lessons' experiments."""

from __future__ import annotations

import pytest

from lstm_course.course.judging import judge
from lstm_course.course.loading import find_lesson
from lstm_course.shapes import predict

# batches-and-state: 84 samples of 96 rows, 12 timesteps, batch_size 16
# is-it-any-good: 8,195 rows, 20 timesteps, horizon 1, LSTM(16); 13 steps by feeding back
WRONG = [
    ("batches-and-state", "third-batch", "2", "lane-is-one-batch", {}),
    ("batches-and-state", "third-batch", "16", "lane-second-batch", {}),
    ("batches-and-state", "third-batch", "48", "lane-fourth-batch", {}),
    ("batches-and-state", "third-batch", "33", "lane-from-one", {}),
    ("batches-and-state", "rows-on", "3", "lane-moves-one-window", {}),
    ("batches-and-state", "rows-on", "12", "lane-moves-its-window", {}),
    ("batches-and-state", "rows-on", "16", "lane-moves-windows", {}),
    ("batches-and-state", "fitting-size", "1", "lane-size-one", {}),
    ("batches-and-state", "fitting-size", "25", "lane-size-next", {}),
    ("batches-and-state", "fitting-size", "12", "lane-size-of-now", {}),
    ("batches-and-state", "rest", "12", "rest-is-what-is-missing", {}),
    ("batches-and-state", "rest", "5", "rest-is-the-quotient", {}),
    ("batches-and-state", "reach", "0", "gradient-follows-the-state", {}),
    ("batches-and-state", "reach", "12", "reach-for-the-rest", {}),
    ("batches-and-state", "reach", "36", "nothing-is-reached", {}),
    ("is-it-any-good", "linear-weights", "20", "intercept-forgotten", {}),
    ("is-it-any-good", "linear-weights", "21", "one-label-only", {"horizon": 3}),
    ("is-it-any-good", "linear-weights", "1169", "network-for-linear", {}),
    ("is-it-any-good", "own-forecasts", "13", "forecast-of-this-call", {}),
    ("is-it-any-good", "own-forecasts", "1", "one-own-forecast", {}),
    ("is-it-any-good", "last-window", "8174", "last-window-with-label", {}),
    ("is-it-any-good", "last-window", "8176", "end-not-counted-from-zero", {}),
    ("is-it-any-good", "last-window", "8194", "last-row-for-window", {}),
]
RIGHT = [
    ("batches-and-state", "third-batch", "32"),
    ("batches-and-state", "rows-on", "48"),
    ("batches-and-state", "fitting-size", "24"),
    ("batches-and-state", "rest", "4"),
    ("batches-and-state", "reach", "24"),
    ("is-it-any-good", "linear-weights", "21"),
    ("is-it-any-good", "own-forecasts", "12"),
    ("is-it-any-good", "last-window", "8175"),
]


def judged(slug, question_id, answer, **changes):
    lesson = find_lesson(slug)
    question = next(each for step in lesson.steps for each in step.questions if each.id == question_id)
    return judge(question, predict(lesson.start.change(**changes)), answer)


@pytest.mark.parametrize(("slug", "question_id", "answer", "misconception", "changes"), WRONG)
def test_a_wrong_answer_finds_its_reason(slug, question_id, answer, misconception, changes):
    found = judged(slug, question_id, answer, **changes)
    assert (found.verdict, found.misconception) == ("wrong", misconception)


@pytest.mark.parametrize(("slug", "question_id", "answer"), RIGHT)
def test_the_right_answer_is_right(slug, question_id, answer):
    assert judged(slug, question_id, answer).is_right
