"""One job, as its caller sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from threading import Condition

from lstm_course.jobs.interface import Call, JobError, JobFailure, Outcome, Result, State
from lstm_course.jobs.streams import Head

FINAL: frozenset[State] = frozenset({"done", "failed", "cancelled"})
_numbers = count(1)


class Job:
    """A function call in a process of its own: its state, its events, its result.

    Every attribute may be read from any thread and none makes the reader wait; ``result``,
    ``wait`` and ``stream`` do. The runner forgets a job that is over: whoever holds it has it.
    """

    def __init__(
        self,
        call: Call,
        owner: str,
        place: Callable[[Job], int],
        stop: Callable[[Job], None],
        is_short: bool = False,
    ) -> None:
        self.id = next(_numbers)
        self.call = call
        self.owner = owner
        self.is_short = is_short
        self._place = place
        self._stop = stop
        self._state: State = "queued"
        self._events: list[object] = []
        self._head = Head(call.limits.kept_output_kb * 1000)
        self._outcome: Outcome | None = None
        self._changed = Condition()

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.label}, {self.state}>"

    @property
    def label(self) -> str:
        """What a person calls the job."""
        return self.call.label

    @property
    def state(self) -> State:
        """Where the job is: queued, starting, running, and at last done, failed or cancelled."""
        return self._state

    @property
    def place(self) -> int:
        """The job's place in the queue, from 1; 0 when it is not waiting."""
        return self._place(self)

    @property
    def failure(self) -> JobFailure | None:
        """Why there is no result; ``None`` while the job runs or when it is done."""
        outcome = self._outcome
        return outcome if isinstance(outcome, JobFailure) else None

    @property
    def output(self) -> str:
        """What was printed so far, cut after ``limits.kept_output_kb``."""
        with self._changed:
            return self._head.text()

    def events(self, since: int = 0) -> list[object]:
        """Return the events so far, from number ``since`` (from 0) on."""
        with self._changed:
            return self._events[since:]

    def cancel(self) -> None:
        """Stop the job at once, with all that it started; does nothing when it is over."""
        self._stop(self)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is over; return whether it is, after at most ``timeout`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._outcome is not None, timeout)

    def result(self, timeout: float | None = None) -> object:
        """Wait for the function's value.

        Raises:
            JobError: there is none; ``.failure`` says why.
            TimeoutError: the job is not over after ``timeout`` seconds; it goes on.
        """
        self.wait(timeout)
        outcome = self._outcome
        if outcome is None:
            raise TimeoutError(f"The {self.label} is still {self.state} after {timeout} seconds; it goes on.")
        if isinstance(outcome, JobFailure):
            raise JobError(outcome)
        return outcome.value

    def stream(self, timeout: float | None = None) -> Iterator[object]:
        """Yield the events as they come, until the job is over.

        Raises:
            TimeoutError: the job is not over after ``timeout`` seconds; it goes on.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        num_seen = 0
        while True:
            new = self._events_after(num_seen, deadline)
            yield from new
            num_seen += len(new)
            if not new:
                return

    def _events_after(self, num_seen: int, deadline: float | None) -> list[object]:
        left = None if deadline is None else deadline - time.monotonic()
        with self._changed:
            if not self._changed.wait_for(
                lambda: len(self._events) > num_seen or self._outcome is not None, left
            ):
                raise TimeoutError(f"The {self.label} is still {self.state}; it goes on.")
            return self._events[num_seen:]

    # What the runner tells: the job is its own Listener, for everything but its end.

    def starting(self) -> None:
        """Note that the job has left the queue."""
        self._advance("starting")

    def started(self) -> None:
        """Note that the job's process is there."""
        self._advance("running")

    def event(self, value: object) -> None:
        """Note an event."""
        with self._changed:
            if self._outcome is None:
                self._events.append(value)
                self._changed.notify_all()

    def printed(self, text: bytes) -> None:
        """Note printed text."""
        with self._changed:
            self._head.add(text)

    def settle(self, outcome: Outcome) -> None:
        """Note the end; the first one counts."""
        with self._changed:
            if self._outcome is None:
                self._outcome = outcome
                self._state = _final_state(outcome)
                self._changed.notify_all()

    def _advance(self, state: State) -> None:
        with self._changed:
            if self._outcome is None:
                self._state = state
                self._changed.notify_all()


def _final_state(outcome: Outcome) -> State:
    if isinstance(outcome, Result):
        return "done"
    return "cancelled" if outcome.kind == "cancelled" else "failed"
