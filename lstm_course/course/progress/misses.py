"""What a learner has been wrong about more than once, for the same reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lstm_course.course.misconceptions import MISCONCEPTIONS
from lstm_course.course.progress.store import Progress


@dataclass(frozen=True)
class Miss:
    """One mistake that came back."""

    title: str  # what was believed
    times: int  # how often it showed in an answer
    lesson: str  # slug of the lesson in which it showed last; empty where it showed in drills only


def misses(progress: Progress, most: int = 5) -> tuple[Miss, ...]:
    """Return the mistakes that showed at least twice, in lessons or drills, the most frequent first."""
    answers = [row for row in progress.entries("answers") if row["misconception"]]
    drills = [row for row in progress.entries("drills") if row["misconception"]]
    counts = Counter(row["misconception"] for row in (*answers, *drills))
    lessons = {row["misconception"]: row["lesson"] for row in answers}
    titles = {each.id: each.title for each in MISCONCEPTIONS}
    found = [
        Miss(titles[name], times, lessons.get(name, ""))
        for name, times in counts.most_common()
        if times > 1 and name in titles  # one may have been renamed since
    ]
    return tuple(found[:most])
