"""Runs that come with a lesson, so that its first page never has to wait for a training."""

from __future__ import annotations

from functools import lru_cache

from lstm_course.course.loading import lesson_folders
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError


@lru_cache(maxsize=1)
def stored_runs() -> dict[Experiment, Run]:
    """Read the runs stored beside the lessons; one that cannot be read is left out, and can be trained anew."""
    found: dict[Experiment, Run] = {}
    for folder in lesson_folders():
        for path in sorted(folder.glob("stored/*.npz")):
            try:
                run = Run.load(path)
            except ProblemError:
                continue
            found[run.experiment] = run
    return found
