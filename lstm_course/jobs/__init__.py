"""Work in processes of its own: started, streamed, limited, cancelled.

Example:
    >>> from lstm_course import jobs
    >>> job = jobs.submit("math:factorial", args=(5,), limits=jobs.Limits(seconds=60))  # doctest: +SKIP
    >>> job.result()  # doctest: +SKIP
    120
"""

from __future__ import annotations

from lstm_course.jobs.interface import (
    Backend,
    Call,
    Handle,
    JobError,
    JobFailure,
    Limits,
    Listener,
    Outcome,
    Result,
)
from lstm_course.jobs.job import Job
from lstm_course.jobs.local import LocalBackend
from lstm_course.jobs.pickles import CannotTravel
from lstm_course.jobs.runner import QueueState, Runner
from lstm_course.jobs.shared import (
    cancel_all,
    configure,
    is_warm,
    queue_state,
    shutdown,
    submit,
    warm_up,
)

__all__ = [
    "Backend",
    "Call",
    "CannotTravel",
    "Handle",
    "Job",
    "JobError",
    "JobFailure",
    "Limits",
    "Listener",
    "LocalBackend",
    "Outcome",
    "QueueState",
    "Result",
    "Runner",
    "cancel_all",
    "configure",
    "is_warm",
    "queue_state",
    "shutdown",
    "submit",
    "warm_up",
]
