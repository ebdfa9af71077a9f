"""The checker's end of a learner's process: start it, ask it, hold it to its limits, end it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import re
import shutil
import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Collection
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from lstm_course.course.grading import learner
from lstm_course.course.grading.wire import MAX_BYTES, Garbled, decode, encode
from lstm_course.jobs.hidden_main import main_hidden
from lstm_course.jobs.streams import Head

OUTPUT_KB = 256  # printed text after which a program is stopped
KEPT_KB = 32
START_SECONDS = 90.0  # for the process itself and the import of Keras
Ending = Literal["endless", "crashed", "garbled", "too-much-output"]


class Ended(Exception):
    """The learner's process is gone without an answer."""

    def __init__(self, how: Ending, detail: str = "", code: int | None = None) -> None:
        super().__init__(how)
        self.how = how
        self.detail = detail
        self.code = code


class Sandbox:
    """A process that holds a learner's program.

    Args:
        code: the program.
        seconds: longest time for running it and for each call.
        closed: folder that the program may neither read nor change.
        memory_mb: memory that it may take beyond what the process begins with.
        name: what `__name__` is in the program.
    """

    def __init__(
        self, code: str, seconds: float, closed: str, memory_mb: int = 1024, name: str = "exercise"
    ) -> None:
        self._settings = {
            "code": code,
            "seconds": seconds,
            "closed": closed,
            "memory_mb": memory_mb,
            "name": name,
        }
        self._seconds = seconds
        self._head = Head(KEPT_KB * 1000)
        self._flooded = threading.Event()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def __enter__(self) -> Sandbox:
        self._folder = tempfile.mkdtemp(prefix="lstm-course-exercise-")
        work = Path(self._folder) / "work"
        work.mkdir()
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        self._channel, theirs = context.Pipe(duplex=True)
        self._output, their_output = context.Pipe(duplex=False)
        settings = {**self._settings, "folder": str(work), "forked": method == "fork"}
        arguments = (theirs, their_output, settings, str(Path(self._folder) / "stack.txt"))
        self._process = context.Process(target=learner.serve, args=arguments, name="exercise", daemon=True)  # type: ignore[attr-defined]
        with warnings.catch_warnings(), main_hidden():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # 3.12: fork beside threads; the child uses none of theirs
            self._process.start()
        theirs.close()
        their_output.close()
        self._threads = [
            threading.Thread(target=self._hear, args=(self._channel,), daemon=True),
            threading.Thread(target=self._listen, args=(self._output,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def output(self) -> str:
        """What the program printed so far, cut."""
        return self._head.text()

    def started(self, closed: Collection[str] = ()) -> dict[str, Any]:
        """Let the program run, which waits for it until now, to its last line; return "value" or "error".

        Args:
            closed: packages that it may not import.

        Raises:
            Ended: when it did not get there.
        """
        self._next(START_SECONDS)
        return self.ask({"op": "start", "closed": sorted(closed)})

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask for one thing; return "value" or "error".

        Raises:
            Ended: when there is no answer.
        """
        with contextlib.suppress(OSError):  # what ended it is found when the answer does not come
            self._channel.send_bytes(encode(request))
        return self._next(self._seconds)

    def _next(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while True:
            try:
                data = self._answers.get(timeout=min(0.1, max(0.001, deadline - time.monotonic())))
            except queue.Empty:
                self._check_limits(deadline)
                continue
            if data is None:
                self._check_limits(float("inf"))
                raise self._crash()
            try:
                answer = decode(data)
            except Garbled as error:
                raise Ended("garbled", str(error)) from error
            if not isinstance(answer, dict):
                raise Ended("garbled", "It answered what was not asked.")
            return answer

    def _check_limits(self, deadline: float) -> None:
        if self._flooded.is_set():
            raise Ended("too-much-output")
        if time.monotonic() >= deadline:
            raise Ended("endless", self._where())

    def _where(self) -> str:
        """Number of the program's line that was running when the time was nearly up; empty if unknown."""
        with contextlib.suppress(OSError):
            text = (Path(self._folder) / "stack.txt").read_text(encoding="utf-8", errors="replace")
            found = re.search(rf'File "{learner.FILE}", line (\d+)', text)
            return found.group(1) if found else ""
        return ""

    def _crash(self) -> Ended:
        self._process.join(2)
        return Ended("crashed", self.output[-1000:], self._process.exitcode)

    def _hear(self, channel: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._answers.put(channel.recv_bytes(MAX_BYTES + (1 << 20)))
        self._answers.put(None)

    def _listen(self, pipe: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):
            while chunk := os.read(pipe.fileno(), 1 << 16) if os.name == "posix" else pipe.recv_bytes():
                self._head.add(chunk)
                if self._head.num_bytes > OUTPUT_KB * 1000:
                    self._flooded.set()
                    self._kill()

    def _kill(self) -> None:
        pid = self._process.pid
        if pid is None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)  # it leads a session of its own, with all that it started
        self._process.kill()

    def _end(self) -> None:
        self._kill()
        self._process.join(5)
        for thread in self._threads:
            thread.join(1)
        self._channel.close()
        self._output.close()
