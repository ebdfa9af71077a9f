"""What came up more than once."""

from __future__ import annotations

from lstm_course.course.misconceptions import find_misconception
from lstm_course.course.progress import Miss, Progress, misses


def test_a_mistake_counts_from_its_second_time_in_lessons_and_drills_together(tmp_path):
    progress = Progress(tmp_path)
    for lesson, name in (
        ("windows", "fence-posts"),
        ("labels", "fence-posts"),
        ("windows", "rows-for-batch"),
    ):
        progress.answer(lesson, "count", "90", "wrong", name)
    for seed, name in enumerate(
        ("fence-posts", "one-bias-for-all", "one-bias-for-all", "of-an-older-course")
    ):
        progress.drill("windows", 1, seed, "90", False, name)
    progress.drill("windows", 1, 9, "90", False, "of-an-older-course")
    title = {each: find_misconception(each).title for each in ("fence-posts", "one-bias-for-all")}
    assert misses(progress) == (
        Miss(title["fence-posts"], 3, "labels"),
        Miss(title["one-bias-for-all"], 2, ""),
    )
    assert misses(progress, most=1) == misses(progress)[:1]
    progress.close()
