"""Checks as jobs: queued, limited, and answered with a verdict whatever happens to them."""

from __future__ import annotations

from lstm_course import jobs
from lstm_course.course.exercise import Exercise
from lstm_course.course.grading.verdict import Message, Verdict

_MEMORY_MB = 3000
_SPARE_SECONDS = 120.0  # beyond the program's own time: the import of Keras and the comparison


def submit_check(exercise: Exercise, code: str, owner: str = "") -> jobs.Job:
    """Queue the check of a program; returns at once. `verdict_of` reads the outcome."""
    limits = _limits(exercise.seconds)
    arguments = (str(exercise.folder), code, exercise.seconds)
    return jobs.submit(
        "lstm_course.course.grading:grade",
        arguments,
        limits=limits,
        label="check",
        owner=owner,
        is_short=True,
    )


def submit_run(code: str, seconds: float = 20.0, owner: str = "") -> jobs.Job:
    """Queue a run of a program without a check; returns at once."""
    return jobs.submit(
        "lstm_course.course.grading:run_code",
        (code, seconds),
        limits=_limits(seconds),
        label="program",
        owner=owner,
        is_short=True,
    )


def verdict_of(job: jobs.Job, timeout: float | None = None) -> Verdict:
    """Wait for a check and return its verdict; a job that failed is one that could not be checked.

    Raises:
        TimeoutError: the job is not over after `timeout` seconds; it goes on.
    """
    try:
        value = job.result(timeout)
    except jobs.JobError as error:
        return Verdict(
            "could not be checked", Message("job-failed", error.failure.sentence), detail=error.failure.detail
        )
    if not isinstance(value, Verdict):
        return Verdict(
            "could not be checked", Message("job-failed", "The check gave no verdict. Check again.")
        )
    return value


def _limits(seconds: float) -> jobs.Limits:
    return jobs.Limits(seconds=seconds * 5 + _SPARE_SECONDS, memory_mb=_MEMORY_MB)
