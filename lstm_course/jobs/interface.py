"""The words that the runner, its callers and its backends share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Protocol, TypeAlias

State: TypeAlias = Literal["queued", "starting", "running", "done", "failed", "cancelled"]
Kind: TypeAlias = Literal["error", "crashed", "timeout", "memory", "cancelled", "output", "queue-full"]


@dataclass(frozen=True)
class Limits:
    """What a job may use before it is stopped; ``None`` lifts a limit.

    Example:
        >>> Limits(seconds=10, memory_mb=1024).output_kb is None
        True
    """

    seconds: float | None = 300.0  # wall time from the moment the function's process is ready
    memory_mb: int | None = 4096  # memory that the job adds to what its process began with
    output_kb: int | None = None  # printed text after which the job is stopped
    kept_output_kb: int = 64  # printed text that is kept; the rest is counted and dropped
    disk_mb: int | None = 2048  # what the job and all that it starts write to files
    message_mb: int | None = 512  # events and result together, which the parent has to hold

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and not value > 0:
                raise ValueError(
                    f"Limits({field.name}={value!r}): expected a positive number, or None for no limit."
                )


@dataclass(frozen=True)
class JobFailure:
    """Why a job has no result, for a reader who never saw the code."""

    kind: Kind  # what happened, for a program
    sentence: str  # what happened and what to do, for a person
    detail: str = ""  # the traceback, or what the process said last; may be empty
    error: str = ""  # the name of the exception's class, when an exception was the reason


@dataclass(frozen=True)
class Result:
    """What the function returned."""

    value: object  # the value, unpickled in the parent


Outcome: TypeAlias = Result | JobFailure


class JobError(Exception):
    """Raised by ``Job.result()``; ``.failure`` says why."""

    def __init__(self, failure: JobFailure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure

    def __reduce__(self) -> tuple[type[JobError], tuple[JobFailure]]:
        return JobError, (self.failure,)


@dataclass(frozen=True)
class Call:
    """A function call that can travel: a dotted name and pickled arguments."""

    target: str  # "package.module:function"
    arguments: bytes  # pickled (args, kwargs)
    limits: Limits = Limits()  # what the call may use
    label: str = "job"  # what a person calls it


class Listener(Protocol):
    """What a backend tells about one call, from a thread of its own, never from within ``start``.

    ``ended`` comes exactly once and last, when nothing of the call is left running.
    """

    def started(self) -> None:
        """The function's process is ready; the time limit begins."""

    def event(self, value: object) -> None:
        """The function emitted a value."""

    def output(self, text: bytes) -> None:
        """The function, or a library below it, printed."""

    def ended(self, outcome: Outcome) -> None:
        """The call is over and its processes are gone."""


class Handle(Protocol):
    """The caller's end of one call that a backend has taken."""

    def cancel(self) -> None:
        """Stop the call at once, and all that it started; returns without waiting."""


class Backend(Protocol):
    """Where calls run: this machine's processes, or a cluster's scheduler.

    No method but ``shutdown`` may block: they are called from the thread that serves a page.
    """

    def warm_up(self) -> None:
        """Begin whatever makes the first call fast."""

    def is_warm(self) -> bool:
        """Whether a call would begin without delay."""

    def start(self, call: Call, listener: Listener) -> Handle:
        """Take a call; all that happens to it is told to ``listener``."""

    def shutdown(self) -> None:
        """End every call and whatever else the backend keeps running."""


Arguments: TypeAlias = tuple[tuple[object, ...], Mapping[str, object]]
