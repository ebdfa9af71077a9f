"""Drills: random questions about shapes, without end."""

from lstm_course.course.drills.experiments import MAX_LEVEL
from lstm_course.course.drills.kinds import KINDS, Drill, make_drill
from lstm_course.course.drills.schedule import (
    DrillResult,
    level_of,
    misconceptions_in,
    next_drill,
    results_of,
)

__all__ = [
    "KINDS",
    "MAX_LEVEL",
    "Drill",
    "DrillResult",
    "level_of",
    "make_drill",
    "misconceptions_in",
    "next_drill",
    "results_of",
]
