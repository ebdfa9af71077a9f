"""A learner's progress: kept in a file of the learner's own, exported, imported, reset and summed up."""

from lstm_course.course.progress.database import home
from lstm_course.course.progress.misses import Miss, misses
from lstm_course.course.progress.store import Progress, now
from lstm_course.course.progress.summary import LessonProgress, NextStep, mastered, next_step
from lstm_course.course.progress.transfer import export_progress, import_progress

__all__ = [
    "LessonProgress",
    "Miss",
    "NextStep",
    "Progress",
    "export_progress",
    "home",
    "import_progress",
    "mastered",
    "misses",
    "next_step",
    "now",
]
