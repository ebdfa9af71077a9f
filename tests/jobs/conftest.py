from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from lstm_course.jobs import LocalBackend, Runner

sys.path.insert(0, str(Path(__file__).parent))  # jobs import job_targets by this path
WAIT = 60  # seconds, generous: what takes so long is broken


def processes_of_jobs() -> list[psutil.Process]:
    """Return what multiprocessing's servers started and every spawned job, with all that these started.

    The browser of other tests, which lives as long as this process, is none of them.
    """
    found = []
    for child in psutil.Process().children():
        try:
            command = " ".join(child.cmdline())
            if "multiprocessing" in command:
                found += [child] if "spawn_main" in command else []
                found += child.children(recursive=True)
        except psutil.ZombieProcess:
            found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def eventually(condition, what: str) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    """Whether a process has ended; who adopted it may not have reaped it yet."""
    try:
        return psutil.Process(pid).status() in (psutil.STATUS_DEAD, psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@pytest.fixture(scope="session", params=["forkserver", "spawn"])
def backend(request):
    backend = LocalBackend(preload=("numpy",), method=request.param)
    yield backend
    backend.shutdown()


@pytest.fixture
def make_runner(backend):
    runners = []

    def make(**settings) -> Runner:
        runners.append(Runner(backend, **settings))
        return runners[-1]

    yield make
    for runner in runners:
        runner.cancel_all("")
    eventually(lambda: not processes_of_jobs(), "a process was left behind")


@pytest.fixture
def runner(make_runner) -> Runner:
    return make_runner()
