"""The runner that a program shares: one queue and one warm server for all pages and sessions."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Mapping, Sequence

from lstm_course.jobs.interface import Backend, Limits
from lstm_course.jobs.job import Job
from lstm_course.jobs.local import LocalBackend
from lstm_course.jobs.runner import QueueState, Runner

_guard = threading.Lock()
_runner: Runner | None = None


def configure(
    backend: Backend | None = None, max_running: int = 2, max_waiting: int = 32, max_short: int = 1
) -> None:
    """Choose where and how many jobs run; ends the runner that was there, with its jobs."""
    global _runner
    chosen = Runner(backend or LocalBackend(), max_running, max_waiting, max_short)
    with _guard:
        previous, _runner = _runner, chosen
    if previous is not None:
        previous.shutdown()


def warm_up() -> None:
    """Start the fork server in the background, with Keras and what jobs run imported; returns at once."""
    _shared().backend.warm_up()


def is_warm() -> bool:
    """Whether a job's process would be there in an instant."""
    return _shared().backend.is_warm()


def submit(
    target: str,
    args: Sequence[object] = (),
    kwargs: Mapping[str, object] | None = None,
    *,
    limits: Limits | None = None,
    label: str = "job",
    owner: str = "",
    is_short: bool = False,
) -> Job:
    """Queue a call of ``target``, "package.module:function"; returns at once.

    Args:
        target: the function, by the dotted name that its process imports.
        args: its positional arguments; they travel pickled.
        kwargs: its keyword arguments; ``emit`` and ``memory_mb``, the limit, are added where the function has
            such parameters.
        limits: what it may use before it is stopped.
        label: what a person calls it; it stands in the sentences of its failures.
        owner: whose it is, for ``cancel_all``: the session's id.
        is_short: whether it takes seconds and somebody waits for it: such a job need not wait for long ones.

    Returns:
        The job; when the queue is full, one that has failed with kind "queue-full".

    Raises:
        ValueError: ``target`` is not of the form "package.module:function".
        CannotTravel: an argument cannot be pickled (a TypeError).
    """
    return _shared().submit(target, args, kwargs, limits=limits, label=label, owner=owner, is_short=is_short)


def cancel_all(owner: str) -> int:
    """Cancel the jobs of one owner, such as a closed tab; return how many there were."""
    return _shared().cancel_all(owner)


def queue_state() -> QueueState:
    """Return how many jobs run and wait."""
    return _shared().state()


def shutdown() -> None:
    """Kill every job and the fork server; the next use starts anew."""
    global _runner
    with _guard:
        previous, _runner = _runner, None
    if previous is not None:
        previous.shutdown()


def _shared() -> Runner:
    global _runner
    with _guard:
        if _runner is None:
            _runner = Runner(LocalBackend())
        return _runner


atexit.register(shutdown)
