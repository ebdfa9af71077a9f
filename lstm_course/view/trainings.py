"""The trainings of this server, by experiment: a page that is loaded again finds the one that it left."""

from __future__ import annotations

import threading
from collections import OrderedDict

from lstm_course.jobs import Job

_KEPT = 12
_known: OrderedDict[str, Job] = OrderedDict()
_lock = threading.Lock()  # visitors are served by threads of one process


def keep(key: str, job: Job) -> None:
    """Keep a training under its experiment as text; the oldest give way."""
    with _lock:
        _known[key] = job
        _known.move_to_end(key)
        while len(_known) > _KEPT:
            _known.popitem(last=False)


def find(key: str) -> Job | None:
    """Return the last training of an experiment that runs or came to its end, or None."""
    with _lock:
        job = _known.get(key)
    return None if job is None or job.failure is not None else job
