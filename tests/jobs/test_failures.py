"""Whatever goes wrong in a job becomes a failure with a kind and a sentence, with every backend."""

from __future__ import annotations

import os
import signal

import pytest
from conftest import WAIT, eventually, is_gone

from lstm_course.jobs import JobError, Limits


def failure_of(job):
    with pytest.raises(JobError) as caught:
        job.result(WAIT)
    assert caught.value.failure == job.failure
    assert job.state == "failed"
    return job.failure


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ValueError", "horizon=0: expected 1 or more."),
        ("KeyError", "KeyError: 'horizon=0: expected 1 or more.'"),
    ],
)
def test_an_exception_keeps_its_name_text_and_traceback(runner, name, sentence):
    failure = failure_of(runner.submit("job_targets:fail", (name, "horizon=0: expected 1 or more.")))
    assert (failure.kind, failure.error, failure.sentence) == ("error", name, sentence)
    assert "in fail" in failure.detail


def test_a_missing_module_is_named(runner):
    failure = failure_of(runner.submit("no_such_module:train"))
    assert failure.kind == "error"
    assert (
        failure.sentence == "A part that this needs cannot be imported here: No module named 'no_such_module'"
    )


def test_a_missing_function_is_named(runner):
    assert "has no attribute 'absent'" in failure_of(runner.submit("job_targets:absent")).sentence


def test_sys_exit(runner):
    failure = failure_of(runner.submit("job_targets:leave", (4,)))
    assert (failure.kind, failure.sentence) == ("error", "The program ended itself with exit code 4.")


@pytest.mark.parametrize("code", [0, 3, 255])
def test_os_exit(runner, code):
    failure = failure_of(runner.submit("os:_exit", (code,), label="exercise"))
    assert failure.kind == "crashed"
    assert (
        failure.sentence
        == f"The exercise ended its own process with exit code {code}, before it had a result."
    )


def test_a_crash_in_compiled_code(runner):
    failure = failure_of(runner.submit("job_targets:touch_foreign_memory"))
    assert failure.kind == "crashed"
    assert "SIGSEGV" in failure.sentence
    assert failure.detail.startswith("before\nFatal Python error: Segmentation fault")


def test_killed_from_outside(runner):
    job = runner.submit("job_targets:sleep", label="training")
    os.kill(next(job.stream(WAIT)), signal.SIGKILL)
    failure = failure_of(job)
    assert failure.kind == "crashed"
    assert failure.sentence.startswith("The training was killed from outside, most often because")


def test_a_signal_without_a_meaning_of_its_own(runner):
    assert "SIGUSR1" in failure_of(runner.submit("job_targets:kill_self", (signal.SIGUSR1,))).sentence


def test_an_endless_loop_meets_its_time_limit(runner):
    failure = failure_of(runner.submit("job_targets:spin", limits=Limits(seconds=0.3)))
    assert failure.kind == "timeout"
    assert failure.sentence.startswith("The job did not finish within 0.3 seconds, and was stopped.")


@pytest.mark.parametrize("function", ["burst", "creep", "one_large", "creep_in_a_grandchild"])
def test_memory_meets_its_limit(runner, function):
    failure = failure_of(runner.submit(f"job_targets:{function}", limits=Limits(memory_mb=256)))
    assert failure.kind == "memory"
    assert failure.sentence.startswith(
        "The job needed more memory than the 256 MB it may use, and was stopped."
    )


def test_a_memory_error_without_a_limit(runner):
    failure = failure_of(
        runner.submit("job_targets:fail", ("MemoryError", ""), limits=Limits(memory_mb=None))
    )
    assert (failure.kind, failure.error) == ("memory", "MemoryError")
    assert "more memory than there is" in failure.sentence


@pytest.mark.parametrize("flood", [("flood", 50_000_000), ("flood_holding_the_gil", 5000)])
def test_a_flood_of_output_is_counted_and_dropped(runner, flood):
    name, amount = flood
    job = runner.submit(f"job_targets:{name}", (amount,), limits=Limits(kept_output_kb=10))
    assert job.result(WAIT) == amount
    kept, note = job.output.rsplit("\n", 1)
    assert len(kept) == 10_000
    assert note.endswith("bytes more were printed and dropped]")


def test_endless_output_meets_its_limit(runner):
    failure = failure_of(runner.submit("job_targets:print_forever", limits=Limits(output_kb=100)))
    assert failure.kind == "output"
    assert failure.sentence.startswith("The job printed more than 100 kB, and was stopped.")


@pytest.mark.parametrize("function", ["write_forever", "write_many", "write_many_in_grandchildren"])
def test_endless_writing_meets_its_limit(runner, function, tmp_path):
    job = runner.submit(f"job_targets:{function}", (str(tmp_path),), limits=Limits(disk_mb=30, seconds=WAIT))
    failure = failure_of(job)
    assert failure.kind == "output"
    assert failure.sentence.startswith(
        "The job wrote more than the 30 MB it may write to files, and was stopped."
    )
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1 << 30


def test_what_is_printed_does_not_count_as_written(runner):
    limits = Limits(disk_mb=10)
    assert runner.submit("job_targets:flood", (50_000_000,), limits=limits).result(WAIT) == 50_000_000


def test_endless_events_meet_their_limit(runner):
    job = runner.submit("job_targets:emit_forever", limits=Limits(message_mb=10))
    assert failure_of(job).kind == "output"
    assert len(job.events()) <= 10


def test_one_job_that_stops_in_the_middle_of_a_message_does_not_hold_up_another(runner):
    stuck = runner.submit("job_targets:stop_in_the_middle_of_a_message", limits=Limits(seconds=WAIT))
    pid = next(stuck.stream(WAIT))
    assert runner.submit("job_targets:echo").result(WAIT) == ((), {})
    stuck.cancel()
    eventually(lambda: is_gone(pid), "the stopped process lives")
