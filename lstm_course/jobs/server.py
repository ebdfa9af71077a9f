"""The fork server of this process: started quietly, stopped for good.

multiprocessing keeps one server a process and starts it anew when it has died. It has no
public way to stop it; the two private names that this needs are kept here.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_all_start_methods

from lstm_course.jobs.preload import server_environment
from lstm_course.jobs.processes import end_strays

HAS_SERVER = "forkserver" in get_all_start_methods()
SWEEP_SECONDS = 0.2  # a process is there in less, unless the server is still importing
_changing = threading.Lock()
_forking = threading.Lock()  # held while a process is being started, which is nobody's for a moment
_jobs = set[int]()  # processes of the jobs that have not ended


@contextmanager
def forking() -> Iterator[set[int]]:
    """Start a process inside, and put its id into the set that is given."""
    with _forking:
        yield _jobs


def sweep(ended: int) -> None:
    """Forget a job's process that has ended, and end what it left to the server."""
    _jobs.discard(ended)
    running = pid() if HAS_SERVER else None
    if running is not None and _forking.acquire(
        timeout=SWEEP_SECONDS
    ):  # what is missed now is found next time
        try:
            end_strays(running, _jobs)
        finally:
            _forking.release()


def ensure_running(modules: Sequence[str]) -> None:
    """Start the server unless it runs; returns before it has imported anything.

    Raises:
        OSError: no process could be started.
    """
    from multiprocessing import forkserver  # cannot be imported where there is none

    forkserver.set_forkserver_preload(["lstm_course.jobs.preload"])
    with _environment(server_environment(modules)):
        forkserver.ensure_running()


def pid() -> int | None:
    """Return the process id of the server, ``None`` when none has been started."""
    from multiprocessing import forkserver

    found = getattr(forkserver._forkserver, "_forkserver_pid", None)
    return found if isinstance(found, int) else None


def stop() -> None:
    """Kill the server, also in the middle of an import, and forget it."""
    from multiprocessing import forkserver

    running = pid()
    if running is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(running, signal.SIGKILL)
        with contextlib.suppress(OSError):
            forkserver._forkserver._stop()  # type: ignore[attr-defined]


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the process that is started inside, and put back what was there."""
    with _changing:
        before = {name: os.environ.get(name) for name in values}
        os.environ.update(values)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
