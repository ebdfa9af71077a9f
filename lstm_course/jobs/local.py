"""Calls in processes of this machine: forked from a warm server, or spawned where there is none."""

from __future__ import annotations

import multiprocessing
import queue
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Literal, TypeAlias

from lstm_course.jobs import endings, server
from lstm_course.jobs.interface import Call, Handle, Limits, Listener, Outcome
from lstm_course.jobs.pickles import dump
from lstm_course.jobs.worker import Worker

PRELOAD = ("tensorflow", "keras", "lstm_course.keras_bridge.tasks", "lstm_course.doctor.capture.run")
LOOK_SECONDS = 0.1  # between two looks at time and memory
SHUTDOWN_SECONDS = 5.0  # a killed process is gone in milliseconds
Method: TypeAlias = Literal["forkserver", "spawn"]


class LocalBackend:
    """Runs each call in a process of its own.

    Two threads, whatever the number of jobs: one starts processes and waits while the server is
    warming; one reads from all processes and holds them to their limits.

    Args:
        preload: modules that the fork server imports once, for all jobs; one that cannot be
            imported is left to the jobs that need it. There is one server a process: the
            first backend that starts it decides.
        method: "forkserver" or "spawn"; by default the first, where there is one.
    """

    def __init__(self, preload: Sequence[str] = PRELOAD, method: Method | None = None) -> None:
        self._preload = preload
        self.method: Method = method or ("forkserver" if server.HAS_SERVER else "spawn")
        self._context = _context(self.method)
        self._to_start: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        self._wake_reader, self._wake_writer = multiprocessing.Pipe(duplex=False)
        self._workers: list[Worker] = []  # taken and not yet ended
        self._attended: list[Worker] = []  # those whose process has been started
        self._guard = threading.Condition()
        self._began = False
        self._closed = False
        self._warm = threading.Event()
        self._server_pid: int | None = None

    def warm_up(self) -> None:
        """Start the server in the background; jobs that are submitted meanwhile wait for it."""
        nothing = Call("lstm_course.jobs.child:nothing", dump(((), {}), "Nothing"), Limits(), "warm-up")
        self.start(nothing, _Quiet())

    def is_warm(self) -> bool:
        """Whether a job's process would be there in an instant."""
        return self._warm.is_set()

    def start(self, call: Call, listener: Listener) -> Handle:
        """Take a call; returns at once."""
        worker = Worker(call, listener, self._context)
        with self._guard:
            if self._closed:
                raise RuntimeError("This backend has been shut down: expected a new one for a new job.")
            self._workers.append(worker)
            self._begin()
        self._to_start.put(worker)
        return worker

    def shutdown(self) -> None:
        """Kill every job, then the server; returns when they are gone, after some seconds at the worst."""
        with self._guard:
            self._closed = True
            workers = tuple(self._workers)
        for worker in workers:
            worker.cancel()
        with self._guard:
            self._guard.wait_for(lambda: not self._attended, SHUTDOWN_SECONDS)
        self._stop_server()
        self._warm.clear()
        self._to_start.put(None)
        self._wake()

    def _stop_server(self) -> None:
        """Stop the server until nobody starts it again: a process that is being started does."""
        if self.method != "forkserver":
            return
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        while self._workers and time.monotonic() < deadline:
            server.stop()
            with self._guard:
                self._guard.wait_for(lambda: not self._workers, LOOK_SECONDS)
        server.stop()

    def _begin(self) -> None:
        if not self._began:
            self._began = True
            threading.Thread(target=self._start_processes, name="jobs-start", daemon=True).start()
            threading.Thread(target=self._attend_processes, name="jobs-attend", daemon=True).start()

    def _start_processes(self) -> None:
        while (worker := self._to_start.get()) is not None:
            try:
                started = self._launch(worker)
            except (OSError, EOFError) as error:
                self._drop(worker, endings.cannot_start(worker.call, error))
                continue
            if started:
                self._warm.set()
                with self._guard:
                    self._attended.append(worker)
                self._wake()
            else:
                self._drop(worker, endings.cancelled(worker.call))

    def _launch(self, worker: Worker) -> bool:
        """Start one process; a server that has died is started again, at last with nothing preloaded.

        Importing may itself end a process, where the processor lacks what TensorFlow was built for.
        """
        for preload in (self._preload, self._preload, ()):
            if self._closed:
                break
            try:
                self._ensure_server(preload)
                return worker.launch()
            except (OSError, EOFError) as error:
                self._warm.clear()
                if self.method == "forkserver" and isinstance(error, EOFError | ConnectionError):
                    server.stop()  # it may still be dying, and be taken for alive
                reason = error
        if self._closed:
            return False
        raise reason

    def _ensure_server(self, preload: Sequence[str]) -> None:
        if self.method == "forkserver":
            server.ensure_running(["lstm_course.jobs.child", *preload])
            if server.pid() != self._server_pid:
                self._server_pid = server.pid()
                self._warm.clear()

    def _attend_processes(self) -> None:
        next_look = 0.0
        while not (self._closed and not self._workers):
            workers = self._wait_for_news()
            looks = time.monotonic() >= next_look
            if looks:
                next_look = time.monotonic() + LOOK_SECONDS
            for worker in workers:
                if looks:
                    worker.look()
                outcome = worker.attend()
                if outcome is not None:
                    self._drop(worker, outcome)

    def _wait_for_news(self) -> tuple[Worker, ...]:
        """Wait until a process has written or ended, or it is time for a look; return who is attended."""
        with self._guard:
            workers = tuple(self._attended)
        pipes = [each for worker in workers for each in worker.waitables()]
        wait([self._wake_reader, *pipes], LOOK_SECONDS if workers else None)
        while self._wake_reader.poll():
            self._wake_reader.recv_bytes()
        return workers

    def _drop(self, worker: Worker, outcome: Outcome) -> None:
        with self._guard:
            self._workers.remove(worker)
            if worker in self._attended:
                self._attended.remove(worker)
            self._guard.notify_all()
        worker.listener.ended(outcome)

    def _wake(self) -> None:
        self._wake_writer.send_bytes(b"!")


class _Quiet:
    """Hears about a call that nobody waits for."""

    def started(self) -> None:
        pass

    def event(self, value: object) -> None:
        pass

    def output(self, text: bytes) -> None:
        pass

    def ended(self, outcome: Outcome) -> None:
        pass


def _context(method: Method) -> ForkServerContext | SpawnContext:
    if method == "spawn":
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")
