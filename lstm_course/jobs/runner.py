"""Who runs now and who waits: a bounded queue in front of a backend."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lstm_course.jobs import endings
from lstm_course.jobs.interface import Backend, Call, Handle, Limits, Outcome
from lstm_course.jobs.job import Job
from lstm_course.jobs.pickles import dump


@dataclass(frozen=True)
class QueueState:
    """How busy the runner is."""

    running: int  # jobs that have a process, or whose process is being started or ended
    waiting: int  # jobs in the queue
    max_running: int  # how many may run at once, a few short ones beyond them not counted
    max_waiting: int  # how many may wait


class Runner:
    """Gives jobs to a backend, a bounded number at once, first come first served.

    Short jobs, which somebody waits for, have places of their own beyond those that all jobs share: a check
    need not wait until a training is over.

    Args:
        backend: where the jobs run.
        max_running: how many run at once, 1 or more.
        max_waiting: how many wait at most, 0 or more; one more fails with kind "queue-full".
        max_short: how many more may run at once, 0 or more, if they are short.
    """

    def __init__(
        self, backend: Backend, max_running: int = 2, max_waiting: int = 32, max_short: int = 1
    ) -> None:
        if max_running < 1 or max_waiting < 0 or max_short < 0:
            raise ValueError(
                f"max_running={max_running}, max_waiting={max_waiting}, max_short={max_short}: "
                "expected at least 1, at least 0 and at least 0."
            )
        self.backend = backend
        self._max_running = max_running
        self._max_short = max_short
        self._max_waiting = max_waiting
        self._waiting: deque[Job] = deque()
        self._running: dict[Job, Handle | None] = {}
        self._closed = False
        self._guard = threading.RLock()

    def submit(
        self,
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

        The function is called in the job's process with ``args`` and ``kwargs``. Where it has a parameter
        ``emit``, what it passes to that appears in ``job.events()``; where it has one called ``memory_mb``,
        it is told its limit.

        Raises:
            ValueError: ``target`` is not of this form.
            CannotTravel: an argument cannot be pickled (a TypeError).
        """
        _check_target(target)
        arguments = dump((tuple(args), dict(kwargs or {})), f"The arguments of {target}")
        call = Call(target, arguments, limits or Limits(), label)
        job = Job(call, owner, self._place, self._cancel, is_short)
        with self._guard:
            if len(self._waiting) >= self._max_waiting and not self._has_place(job):
                job.settle(endings.queue_full(call, len(self._waiting)))
            elif self._closed:
                job.settle(endings.cancelled(call))
            else:
                self._waiting.append(job)
                self._fill()
        return job

    def cancel_all(self, owner: str) -> int:
        """Cancel the jobs of one owner; return how many there were."""
        with self._guard:
            jobs = [job for job in (*self._waiting, *self._running) if job.owner == owner]
        for job in reversed(jobs):  # from the back: or each would make room for the next
            job.cancel()
        return len(jobs)

    def state(self) -> QueueState:
        """Return how many jobs run and wait."""
        with self._guard:
            return QueueState(len(self._running), len(self._waiting), self._max_running, self._max_waiting)

    def shutdown(self) -> None:
        """Cancel every job and end the backend."""
        with self._guard:
            self._closed = True
            jobs = (*self._waiting, *self._running)
            self._waiting.clear()
        self.backend.shutdown()
        for job in jobs:
            job.settle(endings.cancelled(job.call))

    def _has_place(self, job: Job) -> bool:
        """Whether a job may start now; a long one leaves the places of the short ones free."""
        num_long = sum(not each.is_short for each in self._running)
        is_room = len(self._running) < self._max_running + self._max_short
        return is_room and (job.is_short or num_long < self._max_running)

    def _fill(self) -> None:
        while (job := next(filter(self._has_place, self._waiting), None)) is not None:
            self._waiting.remove(job)
            job.starting()
            self._running[job] = None
            self._running[job] = self.backend.start(job.call, _Ears(self, job))

    def _place(self, job: Job) -> int:
        with self._guard:
            ahead = [each for each in self._waiting if each.is_short or not job.is_short]
            return ahead.index(job) + 1 if job in ahead else 0

    def _cancel(self, job: Job) -> None:
        with self._guard:
            if job in self._waiting:
                self._waiting.remove(job)
            handle = self._running.get(job)
        job.settle(endings.cancelled(job.call))
        if handle is not None:
            handle.cancel()

    def _over(self, job: Job, outcome: Outcome) -> None:
        with self._guard:  # first: who sees that a job is over finds its place free
            self._running.pop(job, None)
            if not self._closed:
                self._fill()
        job.settle(outcome)


class _Ears:
    """Hears a backend for one job."""

    def __init__(self, runner: Runner, job: Job) -> None:
        self._runner = runner
        self._job = job
        self.started = job.started
        self.event = job.event
        self.output = job.printed

    def ended(self, outcome: Outcome) -> None:
        self._runner._over(self._job, outcome)


def _check_target(target: str) -> None:
    module, _, name = target.partition(":")
    if not all(part.isidentifier() for part in (*module.split("."), *name.split("."))):
        raise ValueError(f'target={target!r}: expected "package.module:function".')
