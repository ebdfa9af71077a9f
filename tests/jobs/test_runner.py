"""The queue: how many run, who waits where, and what happens when it is full. No process is needed."""

from __future__ import annotations

import threading

import pytest

from lstm_course.jobs import Limits, Runner
from lstm_course.jobs.interface import Result


class ByHand:
    """A backend whose calls end when the test says so, as another scheduler's might."""

    def __init__(self):
        self.listeners = []
        self.num_cancelled = 0

    def warm_up(self):
        pass

    def is_warm(self):
        return True

    def start(self, call, listener):
        self.listeners.append(listener)
        return self

    def cancel(self):
        self.num_cancelled += 1

    def shutdown(self):
        pass


@pytest.fixture
def by_hand():
    return ByHand()


def submit(runner, num_jobs, **settings):
    return [runner.submit("math:sqrt", (4,), **settings) for _ in range(num_jobs)]


def test_a_bounded_number_runs_and_the_others_have_a_place(by_hand):
    runner = Runner(by_hand, max_running=2)
    jobs = submit(runner, 5)
    assert [job.state for job in jobs] == ["starting", "starting", "queued", "queued", "queued"]
    assert [job.place for job in jobs] == [0, 0, 1, 2, 3]
    assert (runner.state().running, runner.state().waiting) == (2, 3)


def test_the_first_to_wait_is_the_first_to_run(by_hand):
    runner = Runner(by_hand, max_running=1)
    jobs = submit(runner, 3)
    by_hand.listeners[0].started()
    assert jobs[0].state == "running"
    by_hand.listeners[0].ended(Result(2.0))
    assert [job.state for job in jobs] == ["done", "starting", "queued"]
    assert jobs[2].place == 1


def test_one_too_many_is_told_so(by_hand):
    runner = Runner(by_hand, max_running=1, max_waiting=1)
    *_, last = submit(runner, 3, label="training")
    assert (last.state, last.failure.kind) == ("failed", "queue-full")
    assert last.failure.sentence.startswith("The training was not started: 1 others are waiting already.")


def test_without_a_queue_a_free_place_is_still_given(by_hand):
    jobs = submit(Runner(by_hand, max_running=1, max_waiting=0), 2)
    assert [job.state for job in jobs] == ["starting", "failed"]


def test_a_cancelled_job_leaves_the_queue(by_hand):
    runner = Runner(by_hand, max_running=1)
    jobs = submit(runner, 3)
    jobs[1].cancel()
    assert [job.place for job in jobs] == [0, 0, 1]
    assert by_hand.num_cancelled == 0


def test_the_place_of_a_cancelled_job_is_free_when_its_process_is_gone(by_hand):
    runner = Runner(by_hand, max_running=1)
    first, second = submit(runner, 2)
    first.cancel()
    assert (first.state, second.state, by_hand.num_cancelled) == ("cancelled", "queued", 1)
    by_hand.listeners[0].ended(Result(2.0))
    assert (first.state, second.state) == ("cancelled", "starting")


def test_what_comes_after_the_end_is_not_heard(by_hand):
    (job,) = submit(Runner(by_hand), 1)
    job.cancel()
    by_hand.listeners[0].started()
    by_hand.listeners[0].event("late")
    assert (job.state, job.events()) == ("cancelled", [])


def test_shutdown_ends_those_who_wait(by_hand):
    runner = Runner(by_hand, max_running=1)
    jobs = submit(runner, 2)
    runner.shutdown()
    assert [job.state for job in (*jobs, *submit(runner, 1))] == ["cancelled"] * 3


def test_many_threads_submit_at_once(by_hand):
    runner = Runner(by_hand, max_running=3, max_waiting=100)
    jobs = []
    threads = [threading.Thread(target=lambda: jobs.extend(submit(runner, 10))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(job.place for job in jobs) == [0, 0, 0, *range(1, 78)]
    assert len({job.id for job in jobs}) == 80


def test_a_short_job_passes_the_long_ones_that_wait(by_hand):
    runner = Runner(by_hand, max_running=1)
    long = submit(runner, 3)
    short = submit(runner, 2, is_short=True)
    assert [job.state for job in (*long, *short)] == ["starting", "queued", "queued", "starting", "queued"]
    assert [job.place for job in (long[1], long[2], short[1])] == [1, 2, 1]
    by_hand.listeners[1].ended(Result(2.0))
    assert [job.state for job in (long[1], short[1])] == ["queued", "starting"]


def test_short_jobs_are_bounded_and_leave_a_long_one_its_turn(by_hand):
    runner = Runner(by_hand, max_running=1)
    short = submit(runner, 2, is_short=True)
    (long,) = submit(runner, 1)
    more = submit(runner, 1, is_short=True)
    assert [job.state for job in (*short, long, *more)] == ["starting", "starting", "queued", "queued"]
    by_hand.listeners[0].ended(Result(2.0))
    assert [job.state for job in (long, *more)] == ["starting", "queued"]


def test_a_queue_full_of_long_jobs_still_takes_a_short_one_that_can_start(by_hand):
    runner = Runner(by_hand, max_running=1, max_waiting=1)
    submit(runner, 2)
    states = [job.state for job in submit(runner, 2, is_short=True)]
    assert states == ["starting", "failed"]


@pytest.mark.parametrize("settings", [{"max_running": 0}, {"max_waiting": -1}, {"max_short": -1}])
def test_bounds_that_cannot_be(by_hand, settings):
    with pytest.raises(ValueError, match="expected at least 1, at least 0 and at least 0"):
        Runner(by_hand, **settings)


@pytest.mark.parametrize("settings", [{"seconds": 0}, {"memory_mb": -1}, {"output_kb": 0}])
def test_limits_that_cannot_be(settings):
    with pytest.raises(ValueError, match=r"expected a positive number, or None for no limit\."):
        Limits(**settings)
