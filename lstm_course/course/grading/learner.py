"""The learner's process: runs the program, then answers calls, until the checker hangs up.

Nothing of the check is in this process: it is started before the check is read.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import io
import linecache
import os
import random
import sys
import threading
import traceback
import types
from collections.abc import Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

import numpy as np

from lstm_course.course.grading.closed_book import close_book
from lstm_course.course.grading.closed_modules import close_modules
from lstm_course.course.grading.describe import described
from lstm_course.course.grading.sealed import seal
from lstm_course.course.grading.wire import Garbled, decode, encode
from lstm_course.jobs.capture import capture_output
from lstm_course.jobs.ceiling import set_ceiling

FILE = "exercise.py"
_NO_STARTING_POINT = -1


def serve(channel: Connection, output: Connection, settings: Mapping[str, Any], stack_file: str) -> None:
    """Run a learner's program and answer what the checker asks of it; the process ends here.

    Args:
        channel: questions and answers, as `wire` writes them.
        output: where all that is printed goes.
        settings: "code", "name" (what `__name__` is), "seconds", "memory_mb", "folder" (working folder), "closed" (a
            folder that it may not touch), "forked".
        stack_file: where the stack is written when the time is nearly up.
    """
    _stand_alone(channel, output, settings)
    server = _Server(channel, settings, stack_file)
    channel.send_bytes(
        encode({"value": {"ready": True}})
    )  # what Keras took to import is not the program's time
    close_book(settings["closed"])
    # by now the checker has read its files: what the program does to them changes nothing
    request = decode(channel.recv_bytes())
    close_modules(request["closed"])
    server.reply("start", lambda: server.start(settings["code"]))
    while server.answer_one():
        pass
    os._exit(0)


class _Server:
    def __init__(self, channel: Connection, settings: Mapping[str, Any], stack_file: str) -> None:
        self._channel = channel
        self._seconds = float(settings["seconds"])
        self._stack_file = open(stack_file, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        self._module = types.ModuleType(settings["name"])
        self._module.__file__ = FILE
        self._arguments: list[Any] = []

    def start(self, code: str) -> object:
        """Run the program from its first line to its last."""
        linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)
        sys.modules[self._module.__name__] = self._module
        exec(compile(code, FILE, "exec", dont_inherit=True), self._module.__dict__)
        return {"names": [name for name in vars(self._module) if not name.startswith("__")]}

    def answer_one(self) -> bool:
        try:
            request = decode(self._channel.recv_bytes())
        except (EOFError, OSError, Garbled):
            return False
        self.reply(request["op"], lambda: self._do(request))
        return True

    def reply(self, operation: str, action: Any) -> None:
        """Do one thing and send what came of it; whatever the program raises is described."""
        self._stack_file.seek(0)
        faulthandler.dump_traceback_later(max(0.1, self._seconds * 0.9 - 0.1), file=self._stack_file)
        try:
            answer = {"value": described(action())}
        except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt too
            answer = {"error": _failure(error, operation)}
        faulthandler.cancel_dump_traceback_later()
        _flush()
        with contextlib.suppress(OSError):
            self._channel.send_bytes(encode(answer))

    def _do(self, request: Mapping[str, Any]) -> object:
        if request["op"] == "call":
            return self._call(request)
        names = {**vars(self._module), **request["values"]}
        return {"result": described(eval(compile(request["expression"], "check", "eval"), names))}

    def _call(self, request: Mapping[str, Any]) -> object:
        function = getattr(self._module, request["name"])
        args, kwargs = request["args"], request["kwargs"]
        before = [encode(argument) for argument in args]
        result = described(function(*args, **kwargs))
        changed = [
            i for i, (argument, old) in enumerate(zip(args, before, strict=True)) if encode(argument) != old
        ]
        return {"result": result, "changed": changed}


def _failure(error: BaseException, operation: str) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    own = [position for position, frame in enumerate(frames) if frame.filename == FILE]
    first = own[0] if own else _NO_STARTING_POINT
    lines = traceback.format_list(frames[first:]) if own else []
    text = "".join(lines + traceback.format_exception_only(error))
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == FILE else None
    if line is None and own:
        line = frames[own[-1]].lineno
    return {
        "type": type(error).__name__,
        "text": _short(error),
        "line": line,
        "code": linecache.getline(FILE, line).strip() if line else "",
        "trace": text[-4000:],
        "name": str(getattr(error, "name", "") or ""),
        "during": operation,
        "import": isinstance(error, ImportError),
        "outside": bool(frames) and not own,
    }


def _short(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:  # noqa: BLE001 - whatever a learner's __str__ raises
        text = "(its text fails)"
    return text[:600]


def _stand_alone(channel: Connection, output: Connection, settings: Mapping[str, Any]) -> None:
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    capture_output(output)
    if settings["forked"]:
        _forget_inherited(channel)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - empty, and open as long as the process
    os.chdir(settings["folder"])
    sys.argv = [FILE]
    seal(settings["closed"])  # before any thread begins; `close_book` says why, where Python is asked
    set_ceiling(settings["memory_mb"])
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    random.seed(0)
    np.random.seed(0)
    _prepare_keras(settings["code"])


def _prepare_keras(code: str) -> None:
    """Import Keras before the clock runs, where the program needs it, and seed it."""
    if "keras" not in code and "tensorflow" not in code:
        return
    with contextlib.suppress(ImportError), contextlib.redirect_stderr(io.StringIO()):
        importlib.import_module("keras").utils.set_random_seed(0)


def _forget_inherited(channel: Connection) -> None:
    """Close every inherited file: above all the pipes of the checker itself."""
    parent = parent_process()
    kept = sorted({0, 1, 2, channel.fileno(), *([int(parent.sentinel)] if parent else [])})
    for low, high in zip(kept, [*kept[1:], 1 << 20], strict=True):
        os.closerange(low + 1, high)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # a program may have put anything in their place
            stream.flush()
