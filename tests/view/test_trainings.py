"""A page that is loaded again finds its training; what failed is not found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from lstm_course.jobs import Job
from lstm_course.view import trainings


def job(failure: object = None) -> Job:
    return cast(Job, SimpleNamespace(failure=failure))


def test_the_last_training_of_an_experiment_is_found() -> None:
    first, second = job(), job()
    trainings.keep("one experiment", first)
    trainings.keep("one experiment", second)
    assert trainings.find("one experiment") is second
    assert trainings.find("another") is None


def test_a_training_that_failed_is_not_shown_again() -> None:
    trainings.keep("cancelled", job(failure="cancelled"))
    assert trainings.find("cancelled") is None


def test_the_oldest_give_way() -> None:
    for number in range(20):
        trainings.keep(f"many {number}", job())
    assert trainings.find("many 0") is None
    assert trainings.find("many 19") is not None
