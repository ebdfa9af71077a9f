"""The job's side: what runs in the job's own process, from its first line to its last."""

from __future__ import annotations

import contextlib
import errno
import importlib
import inspect
import operator
import os
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType

from lstm_course.jobs import endings, pickles, scratch
from lstm_course.jobs.capture import capture_output
from lstm_course.jobs.ceiling import set_ceiling, set_file_ceiling
from lstm_course.jobs.interface import Call, JobFailure
from lstm_course.jobs.processes import adopt_orphans, end_self
from lstm_course.jobs.streams import HEADER, write_all

NICE = 5  # beside two computing jobs a page on two processors takes 1.2 times as long; without it, 2 times
STARTED, EVENT, VALUE, FAILURE = b"s", b"e", b"v", b"f"


def run(call: Call, messages: Connection, output: Connection, folder: str) -> None:
    """Run one call, tell the parent, and wait to be ended by it.

    The parent ends the process together with all that it started, and removes ``folder``, which holds
    its temporary files. A library's exit handlers and forgotten threads have no say in when a job is over.
    """
    _stand_alone(folder)
    capture_output(output)
    set_ceiling(call.limits.memory_mb)
    set_file_ceiling(call.limits.disk_mb)
    sender = Sender(messages)
    sender.send(STARTED)
    with _Reporting(sender, call):
        scratch.use(folder)
        value = _invoke(call, {"emit": sender.emit, "memory_mb": call.limits.memory_mb})
        sender.send(VALUE, pickles.dump(value, f"The result of {call.target}, a {type(value).__name__},"))
    threading.Event().wait()


def nothing() -> None:
    """Do nothing: the call that finds out whether a process can be started."""


class Sender:
    """Writes tagged messages to the parent, from any thread of the job."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def send(self, tag: bytes, payload: bytes = b"") -> None:
        """Send one message; what was printed before it arrives before it."""
        _flush()
        with self._lock:
            write_all(self._pipe, HEADER.pack(tag, len(payload)) + payload)

    def emit(self, value: object) -> None:
        """Send an event: what the function calls ``emit``.

        Raises:
            CannotTravel: the value cannot be pickled.
        """
        self.send(EVENT, pickles.dump(value, f"The event, a {type(value).__name__},"))


class _Reporting:
    """Turns whatever ends the function early into a failure that is sent to the parent."""

    def __init__(self, sender: Sender, call: Call) -> None:
        self._sender = sender
        self._call = call

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            failure = describe(error, self._call)
            self._sender.send(FAILURE, pickles.dump(failure, "The failure"))
        return True


def describe(error: BaseException, call: Call) -> JobFailure:
    """Say in a sentence why the function has no result.

    Example:
        >>> describe(ValueError("timesteps=0: expected 1 or more."), Call("m:f", b"")).sentence
        'timesteps=0: expected 1 or more.'
        >>> describe(ZeroDivisionError("division by zero"), Call("m:f", b"")).sentence
        'ZeroDivisionError: division by zero'
    """
    name = type(error).__name__
    detail = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError) or name == "ResourceExhaustedError":  # TensorFlow's own word for it
        return JobFailure("memory", endings.out_of_memory(call).sentence, detail, name)
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return JobFailure("output", endings.wrote_too_much(call).sentence, detail, name)
    if isinstance(error, SystemExit):
        return JobFailure("error", f"The program ended itself with exit code {error.code!r}.", detail, name)
    if isinstance(error, ImportError):
        sentence = f"A part that this needs cannot be imported here: {error}"
        return JobFailure("error", sentence, detail, name)
    written_for_people = isinstance(error, ValueError | pickles.CannotTravel) and str(error)
    return JobFailure("error", str(error) if written_for_people else f"{name}: {error}", detail, name)


def _invoke(call: Call, offered: Mapping[str, object]) -> object:
    """Call the function with its arguments, and with what is offered to parameters that it leaves open."""
    args, kwargs = pickles.load_arguments(call.arguments)
    module, _, name = call.target.partition(":")
    function = operator.attrgetter(name)(importlib.import_module(module))
    taken = {parameter: offered[parameter] for parameter in _parameters(function) if parameter in offered}
    return function(*args, **(taken | dict(kwargs)))


def _parameters(function: Callable[..., object]) -> tuple[str, ...]:
    try:
        return tuple(inspect.signature(function).parameters)
    except ValueError:  # some functions written in C do not tell
        return ()


def _stand_alone(folder: str) -> None:
    """Lead a session of one's own, stand back for the page and when memory is short, and never outlive the app."""
    if hasattr(os, "setsid"):
        os.setsid()
    _stand_back()
    adopt_orphans()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    threading.Thread(target=_end_with_parent, args=(folder,), name="end-with-parent", daemon=True).start()


def _stand_back() -> None:
    """Let the page have the processor first; a kernel that weighs sessions, not processes, is told so too."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICE)
        Path("/proc/self/autogroup").write_text(str(NICE))


def _end_with_parent(folder: str) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        scratch.remove(folder)
        end_self()


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
