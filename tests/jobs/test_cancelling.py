"""A cancelled job is over at once and leaves nothing behind, with every backend."""

from __future__ import annotations

import os
import signal

import pytest
from conftest import WAIT, eventually, is_gone, processes_of_jobs

from lstm_course.jobs import JobError, Limits


def test_cancel_is_at_once(runner):
    job = runner.submit("job_targets:sleep", label="training")
    pid = next(job.stream(WAIT))
    job.cancel()
    assert job.state == "cancelled"
    with pytest.raises(JobError, match=r"The training was cancelled\."):
        job.result(timeout=0)
    eventually(lambda: is_gone(pid), "the process lives")


def test_cancel_before_the_process_is_there(runner):
    job = runner.submit("job_targets:sleep")
    job.cancel()
    assert (job.state, job.events()) == ("cancelled", [])


def test_cancel_after_the_end_changes_nothing(runner):
    job = runner.submit("job_targets:echo")
    job.result(WAIT)
    job.cancel()
    assert job.state == "done"


@pytest.mark.parametrize("new_session", [False, True])
def test_cancel_ends_the_grandchildren(runner, new_session):
    job = runner.submit("job_targets:family", kwargs={"new_session": new_session})
    events = job.stream(WAIT)
    pids = [next(events), next(events)]
    job.cancel()
    eventually(lambda: all(map(is_gone, pids)), "a grandchild lives")


@pytest.mark.parametrize("new_session", [False, True])
def test_a_job_that_returns_takes_its_grandchildren_along(runner, new_session):
    job = runner.submit("job_targets:family", kwargs={"stay": False, "new_session": new_session})
    job.result(WAIT)
    eventually(lambda: all(map(is_gone, job.events())), "a grandchild lives")


def test_a_job_that_crashes_takes_its_grandchildren_along(runner):
    job = runner.submit("job_targets:crash_and_leave_family")
    assert job.wait(WAIT)
    assert len(job.events()) == 2
    eventually(lambda: all(map(is_gone, job.events())), "a grandchild lives")


@pytest.mark.parametrize("stay", [False, True])
def test_an_orphan_in_a_session_of_its_own_is_found(runner, stay):
    job = runner.submit("job_targets:orphan", (), {"stay": stay})
    pid = next(job.stream(WAIT))
    if stay:
        job.cancel()
    eventually(lambda: is_gone(pid), "the orphan lives")


def test_what_was_started_just_before_the_end_is_found(runner, backend):
    if backend.method != "forkserver":
        pytest.skip("only the fork server adopts what a job leaves")
    for _ in range(3):
        job = runner.submit("job_targets:leave_at_once")
        assert job.wait(WAIT)
        assert job.failure.kind == "crashed"
        eventually(lambda job=job: is_gone(job.events()[0]), "the orphan lives")


def test_jobs_that_run_are_spared_when_another_leaves_an_orphan(make_runner, backend):
    if backend.method != "forkserver":
        pytest.skip("only the fork server adopts what a job leaves")
    runner = make_runner(max_running=3)
    others = [runner.submit("job_targets:orphan", (), {"stay": True}) for _ in range(2)]
    kept = [next(job.stream(WAIT)) for job in others]
    assert runner.submit("job_targets:leave_at_once").wait(WAIT)
    assert [job.state for job in others] == ["running", "running"]
    assert not any(map(is_gone, kept))
    for job in others:
        job.cancel()


def test_twenty_at_once_of_which_half_are_cancelled(make_runner, tmp_path):
    gate = tmp_path / "gate"
    runner = make_runner(max_running=20)
    jobs = [
        runner.submit("job_targets:wait_for", (str(gate),), limits=Limits(seconds=WAIT)) for _ in range(20)
    ]
    pids = [next(job.stream(WAIT)) for job in jobs]
    for job in jobs[::2]:
        job.cancel()
    gate.touch()
    assert [job.result(WAIT) for job in jobs[1::2]] == ["released"] * 10
    assert [job.state for job in jobs] == ["cancelled", "done"] * 10
    eventually(lambda: all(map(is_gone, pids)), "a process lives")
    eventually(lambda: runner.state().running == 0, "a place is still taken")
    assert processes_of_jobs() == []


def test_cancel_all_ends_the_jobs_of_one_owner(make_runner):
    runner = make_runner(max_running=2)
    mine = [runner.submit("job_targets:sleep", owner="mine") for _ in range(3)]
    other = runner.submit("job_targets:echo", owner="other")
    assert runner.cancel_all("mine") == 3
    assert [job.state for job in mine] == ["cancelled"] * 3
    assert other.result(WAIT) == ((), {})


def test_a_killed_fork_server_is_started_anew(runner, backend):
    if backend.method != "forkserver":
        pytest.skip("spawn has no server")
    running = runner.submit("job_targets:sleep")
    pid = next(running.stream(WAIT))
    server = runner.submit("job_targets:facts").result(WAIT)["parent"]
    os.kill(server, signal.SIGKILL)
    assert running.wait(WAIT)
    assert running.failure.kind == "crashed"
    assert "the process that starts jobs has ended" in running.failure.sentence
    eventually(lambda: is_gone(pid), "the process of a dead server lives")
    assert runner.submit("job_targets:facts").result(WAIT)["parent"] != server
