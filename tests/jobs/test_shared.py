from __future__ import annotations

import importlib

import pytest

from lstm_course import jobs
from lstm_course.jobs import LocalBackend

WAIT = 60


@pytest.fixture
def _spawning():
    jobs.configure(LocalBackend(method="spawn"), max_running=1, max_waiting=1)
    yield
    jobs.shutdown()


@pytest.mark.usefixtures("_spawning")
def test_the_shared_runner():
    first = jobs.submit("job_targets:sleep", owner="tab")
    second = jobs.submit("job_targets:sleep", owner="tab")
    assert (first.place, second.place) == (0, 1)
    assert jobs.queue_state() == jobs.QueueState(running=1, waiting=1, max_running=1, max_waiting=1)
    assert jobs.submit("math:sqrt", (4,)).failure.kind == "queue-full"
    assert jobs.cancel_all("tab") == 2
    assert jobs.submit("math:sqrt", (4,)).result(WAIT) == 2.0
    assert jobs.is_warm()


@pytest.mark.usefixtures("_spawning")
def test_a_new_runner_ends_the_jobs_of_the_old():
    job = jobs.submit("job_targets:sleep")
    jobs.configure(LocalBackend(method="spawn"))
    assert job.state == "cancelled"
    assert jobs.submit("math:sqrt", (4,)).result(WAIT) == 2.0


@pytest.mark.usefixtures("_spawning")
def test_after_a_shutdown_the_next_use_starts_anew():
    jobs.shutdown()
    assert not jobs.queue_state().running


def test_every_public_name_exists():
    module = importlib.import_module("lstm_course.jobs")
    assert all(hasattr(module, name) for name in module.__all__)
