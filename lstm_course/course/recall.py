"""Which questions of earlier lessons a lesson ends with: fixed spacing, computed, never chosen."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_course.course.lesson import Lesson
from lstm_course.course.questions import Question

SPACING = (1, 3)
"""How many lessons back the first two questions come from; the third is from the very first lesson."""


def recall_of(lessons: Sequence[Lesson], slug: str) -> tuple[tuple[Lesson, Question], ...]:
    """Return three questions of earlier lessons, each with its lesson; none for the first lesson.

    One comes from the last lesson, one from three lessons back, one from the first. Where there are fewer
    lessons behind, the first is asked more than once, each time something else. A lesson that is asked
    again later begins with another of its questions.

    Args:
        lessons: all lessons, in order.
        slug: the lesson that asks.
    """
    place = next((i for i, lesson in enumerate(lessons) if lesson.slug == slug), 0)
    if place == 0:
        return ()
    sources = [max(0, place - back) for back in SPACING] + [0]
    asked: list[tuple[Lesson, Question]] = []
    for number, source in enumerate(sources):
        lesson = lessons[source]
        turn = place - source - 1 + sources[:number].count(source)
        asked.append((lesson, lesson.recall_questions[turn % len(lesson.recall_questions)]))
    return tuple(asked)
