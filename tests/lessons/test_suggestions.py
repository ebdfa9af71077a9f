"""“Set it up for me” works for whoever comes from the lesson before, and for whoever starts here."""

from __future__ import annotations

import pytest

from lstm_course.course.loading import load_lessons
from lstm_course.shapes import predict

LESSONS = load_lessons()
CLASSES = next(lesson for lesson in LESSONS if lesson.needs == "sequences")
COMING_FROM = [
    pytest.param(lesson, here.start, id=f"{lesson.slug}-from-{here.slug}")
    for before, lesson in zip((LESSONS[0], *LESSONS), LESSONS, strict=False)
    for here in dict.fromkeys((before, lesson, CLASSES if lesson.needs == "any" else lesson))
]


@pytest.mark.parametrize(("lesson", "coming_with"), COMING_FROM)
def test_what_a_step_sets_up_runs(lesson, coming_with):
    for step in lesson.steps:
        if step.suggestion:
            prediction = predict(step.set_up(coming_with))
            assert [finding.title for finding in prediction.findings if finding.blocks] == [], step.id
