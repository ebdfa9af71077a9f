"""The parent's end of one job's process: start it, read it, hold it to its limits, end it."""

from __future__ import annotations

import math
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

from lstm_course.jobs import child, endings, pickles, scratch, server
from lstm_course.jobs.hidden_main import main_hidden
from lstm_course.jobs.interface import Call, JobFailure, Listener, Outcome, Result
from lstm_course.jobs.processes import descendants, end, is_alive, memory_mb, written_mb
from lstm_course.jobs.streams import Frames, read_some, unblock

READS_A_TURN = 16  # then the other jobs have their turn
FAMILY_EVERY = 5  # looks at the whole family are dearer than looks at one process
LAST_WORDS = 8000


class Worker:
    """One call in a process of its own. ``launch`` may block; ``attend`` and ``cancel`` do not."""

    def __init__(self, call: Call, listener: Listener, context: ForkServerContext | SpawnContext) -> None:
        self.call = call
        self.listener = listener
        self._context = context
        self._frames = Frames()
        self._num_printed = 0
        self._last_words = b""
        self._deadline = math.inf
        self._began_with_mb: float | None = None  # of which most is shared with the server
        self._family: dict[int, str] = {}
        self._num_looks = 0
        self._written: dict[int, float] = {}  # MB by process
        self._outcome: Outcome | None = None
        self._pid: int | None = None  # while the process is known to be the job's own
        self._guard = threading.Lock()  # cancel() comes from any thread

    @property
    def is_settled(self) -> bool:
        """Whether it is known how the job ends, even if its processes are not gone yet."""
        return self._outcome is not None

    def launch(self) -> bool:
        """Start the process; return whether it exists: not when the job was cancelled before.

        Raises:
            OSError, EOFError: no process could be started.
        """
        if self.is_settled:
            return False
        self._folder = scratch.name()
        self._messages, messages_end = self._context.Pipe(duplex=False)
        self._output, output_end = self._context.Pipe(duplex=False)
        arguments = (self.call, messages_end, output_end, self._folder)
        self._process = self._context.Process(target=child.run, args=arguments, name=self.call.label)
        try:
            with main_hidden(), server.forking() as jobs:
                self._process.start()
                jobs.add(self._process.pid or 0)
        except (OSError, EOFError):
            self._messages.close()
            self._output.close()
            raise
        finally:
            messages_end.close()
            output_end.close()
        unblock(self._messages)
        unblock(self._output)
        self._waiting_on: list[Connection | int] = [self._messages, self._output, self._process.sentinel]
        with self._guard:
            self._pid = self._process.pid
            if self._outcome is not None:
                self._kill()
        return True

    def cancel(self) -> None:
        """End the job's processes at once."""
        self._stop(endings.cancelled(self.call))

    def waitables(self) -> list[Connection | int]:
        """Return what becomes readable when there is something to attend to."""
        return self._waiting_on

    def attend(self) -> Outcome | None:
        """Read what has come; return how the job ended, once its processes are gone."""
        code = self._process.exitcode  # asked first, so that what was written before is read after
        self._read_output()
        self._read_messages()
        if code is not None:
            return self._finish(code)
        return None

    def look(self) -> None:
        """Hold the job to its time and its memory; to be called some times a second."""
        pid = self._pid
        if self._began_with_mb is None or pid is None:
            return
        if self._num_looks % FAMILY_EVERY == 0:
            # When the job's process has just ended, what it left is no longer below it.
            self._family = descendants(pid) or self._family
        self._num_looks += 1
        if time.monotonic() > self._deadline:
            self._stop(endings.out_of_time(self.call))
        self._hold_to_disk(pid)
        held = sum(memory_mb(each) for each in (pid, *self._family)) - self._began_with_mb
        if held > (self.call.limits.memory_mb or math.inf):
            self._stop(endings.out_of_memory(self.call, f"It held {held:,.0f} MB."))

    def _hold_to_disk(self, pid: int) -> None:
        """Count what the job and its family write, those that have ended too, without what came here."""
        self._written |= {each: written_mb(each) for each in (pid, *self._family)}
        received = (self._num_printed + self._frames.num_bytes) / 1024**2
        if sum(self._written.values()) - received > (self.call.limits.disk_mb or math.inf):
            self._stop(endings.wrote_too_much(self.call))

    def _read_output(self) -> None:
        for chunk in self._chunks(self._output):
            self._num_printed += len(chunk)
            self._last_words = (self._last_words + chunk)[-LAST_WORDS:]
            self.listener.output(chunk)
        allowed = self.call.limits.output_kb
        if allowed is not None and self._num_printed > allowed * 1000:
            self._stop(endings.printed_too_much(self.call))

    def _read_messages(self) -> None:
        for chunk in self._chunks(self._messages):
            for tag, payload in self._frames.feed(chunk):
                self._take(tag, payload)
            allowed = self.call.limits.message_mb
            if allowed is not None and self._frames.num_bytes > allowed << 20:
                self._stop(endings.sent_too_much(self.call))
                return

    def _chunks(self, pipe: Connection) -> list[bytes]:
        if pipe not in self._waiting_on:
            return []
        chunks = []
        for _ in range(READS_A_TURN):
            chunk = read_some(pipe)
            if chunk is None:
                break
            if not chunk:
                self._waiting_on.remove(pipe)  # an ended stream is always readable
                break
            chunks.append(chunk)
        return chunks

    def _take(self, tag: bytes, payload: bytes) -> None:
        if self._outcome is not None:
            return
        if tag == child.STARTED:
            self._begin()
            return
        try:
            what = "An event of the job" if tag == child.EVENT else "The job's result"
            value = pickles.load(payload, what)
        except pickles.CannotTravel as error:
            self._stop(JobFailure("error", str(error), error=type(error).__name__))
            return
        if tag == child.EVENT:
            self.listener.event(value)
        else:
            self._stop(value if isinstance(value, JobFailure) and tag == child.FAILURE else Result(value))

    def _begin(self) -> None:
        seconds = self.call.limits.seconds
        self._deadline = math.inf if seconds is None else time.monotonic() + seconds
        self._began_with_mb = memory_mb(self._pid) if self._pid is not None else 0.0
        self.listener.started()

    def _stop(self, outcome: Outcome) -> None:
        """Settle the outcome, the first one counts, and end the processes."""
        with self._guard:
            if self._outcome is None:
                self._outcome = outcome
                self._kill()

    def _kill(self) -> None:
        if self._pid is not None:
            end(self._pid, self._family, leads=True)

    def _finish(self, code: int) -> Outcome:
        """End what the job's process left behind, read its last words, and say how it ended."""
        with self._guard:
            pid, self._pid = self._process.pid or 0, None
        orphaned = is_alive(pid)  # only the server is gone, and with it the word of how the process ends
        end(pid, self._family, leads=orphaned)
        server.sweep(pid)
        scratch.remove(self._folder)
        self._read_rest()
        self._process.join()
        self._process.close()
        self._messages.close()
        self._output.close()
        words = self._last_words.decode("utf-8", errors="replace")
        return self._outcome or endings.crashed(self.call, code, words, orphaned)

    def _read_rest(self) -> None:
        num_read = -1
        while self._outcome is None and self._frames.num_bytes > num_read:
            num_read = self._frames.num_bytes
            self._read_messages()
        self._read_output()
