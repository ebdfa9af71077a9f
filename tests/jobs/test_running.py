"""A job from its start to its result, with every backend."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from conftest import WAIT, eventually

from lstm_course.jobs import CannotTravel, JobError, Limits


def test_result_comes_back(runner):
    assert runner.submit("job_targets:echo", (1, "two"), {"three": 3.0}).result(WAIT) == (
        (1, "two"),
        {"three": 3.0},
    )


def test_arrays_travel_both_ways(runner):
    values = np.arange(3_000_000.0)
    np.testing.assert_array_equal(runner.submit("job_targets:half", (values,)).result(WAIT), values / 2)


def test_events_stream_before_the_end(runner, tmp_path):
    gate = tmp_path / "gate"
    job = runner.submit("job_targets:wait_for", (str(gate),))
    first = next(job.stream(WAIT))
    assert job.state == "running"
    gate.touch()
    assert job.result(WAIT) == "released"
    assert job.state == "done"
    assert job.events() == [first]


def test_all_events_arrive_in_order(runner):
    job = runner.submit("job_targets:count", (2000,))
    assert list(job.stream(WAIT)) == list(range(2000))
    assert job.result(WAIT) == 2000
    assert job.events(since=1998) == [1998, 1999]


def test_a_function_is_told_its_limit_where_it_asks(runner):
    limits = Limits(memory_mb=1234)
    assert runner.submit("job_targets:told", limits=limits).result(WAIT) == (True, 1234, 1)
    assert runner.submit("job_targets:told", (), {"memory_mb": 5}, limits=limits).result(WAIT) == (True, 5, 1)


def test_a_function_in_c_runs(runner):
    assert runner.submit("math:factorial", (5,)).result(WAIT) == 120


def test_result_gives_up_waiting_and_the_job_goes_on(runner):
    job = runner.submit("job_targets:sleep", label="training")
    with pytest.raises(TimeoutError, match=r"The training is still \w+ after 0.01 seconds; it goes on\."):
        job.result(timeout=0.01)
    assert job.failure is None


def test_a_job_has_a_process_group_of_its_own_and_no_input(runner):
    facts = runner.submit("job_targets:facts").result(WAIT)
    assert facts["pid"] == facts["group"] != os.getpgid(0)
    assert facts["nice"] > os.nice(0)  # the page goes first
    assert facts["stdin"] == ""
    assert facts["directory"] == os.getcwd()
    assert facts["preload"] is None
    assert facts["pythonpath"] == os.environ.get("PYTHONPATH")


def test_arguments_that_cannot_travel_are_refused_at_once(runner):
    with pytest.raises(
        CannotTravel, match="The arguments of job_targets:echo cannot be sent between processes"
    ):
        runner.submit("job_targets:echo", (lambda: None,))


@pytest.mark.parametrize("target", ["job_targets.echo", "job_targets:", ":echo", "a b:c"])
def test_a_target_of_another_form_is_refused_at_once(runner, target):
    with pytest.raises(ValueError, match=r'expected "package\.module:function"'):
        runner.submit(target)


def test_a_result_that_cannot_travel_is_a_failure(runner):
    job = runner.submit("job_targets:unpicklable")
    with pytest.raises(JobError, match="The result of job_targets:unpicklable, a function, cannot be sent"):
        job.result(WAIT)
    assert job.failure.kind == "error"


def test_an_event_that_cannot_travel_is_a_failure(runner):
    with pytest.raises(JobError, match="The event, a lock, cannot be sent"):
        runner.submit("job_targets:emit_unpicklable").result(WAIT)


def test_what_is_printed_is_kept_from_python_and_c(runner):
    job = runner.submit("job_targets:print_lines", (2,))
    job.result(WAIT)
    assert job.output == "line 0\nline 1\nand an error\n"


@pytest.mark.parametrize("end", ["return", "crash", "cancel"])
def test_temporary_files_go_with_the_job(runner, end):
    job = runner.submit("job_targets:keep_temporary", (end,))
    events = job.stream(WAIT)
    kept = [next(events), next(events)]
    assert all(Path(path).parent.name.startswith("lstm-job-") for path in kept)
    if end == "cancel":
        job.cancel()
    assert job.wait(WAIT)
    eventually(lambda: not any(map(os.path.exists, kept)), "a temporary file was left behind")
