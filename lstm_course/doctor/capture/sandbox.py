"""Run a program as a person would, next to its data, without letting it litter, ask, draw, leave or run on."""

from __future__ import annotations

import builtins
import io
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from lstm_course.doctor.capture.recorder import Recorder

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
KEPT_OUTPUT = 20_000


class StopProgramError(BaseException):
    """Ends the program from outside; not an Exception, so that a bare `except Exception` lets it through."""


class Output:
    """Takes what the program prints, keeps count, and drops it."""

    encoding = "utf-8"

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def write(self, text: str) -> int:
        """Count the text."""
        self.recorder.printed += len(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing."""

    def isatty(self) -> bool:
        """Say that nobody watches."""
        return False


@contextmanager
def place_to_run(folder: Path, text: str) -> Iterator[Path]:
    """Give a folder that shows the program's own files and takes what it writes.

    The entries of `folder` appear as links; a link that is opened for writing becomes a copy first. Other
    programs are left out, unless the text names them: modules are imported from where they lie.
    """
    where = Path(tempfile.mkdtemp(prefix="doctor-"))
    before = Path.cwd()
    try:
        for entry in sorted(folder.iterdir())[:2_000] if folder.is_dir() else []:
            if not entry.name.startswith(".") and (entry.suffix != ".py" or entry.name in text):
                (where / entry.name).symlink_to(entry.resolve())
        os.chdir(where)
        yield where
    finally:
        os.chdir(before)
        shutil.rmtree(where, ignore_errors=True)


@contextmanager
def guard_files(recorder: Recorder, where: Path) -> Iterator[None]:
    """Let the program write into its own folder and into the temporary one only.

    An audit hook cannot be taken away; after the program it does nothing.
    """
    on = [True]

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if not on:
            return
        if event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & WRITES:
            protect(args[0])
        elif event in ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree"):
            path = (
                os.path.abspath(os.fspath(args[0])) if isinstance(args[0], str | os.PathLike) else str(where)
            )
            if not may_change(recorder, where, path):
                refuse(path)

    def protect(path: str) -> None:
        full = os.path.abspath(path)
        if os.path.islink(full) and full.startswith(str(where)):
            own_copy(full)
        elif not may_change(recorder, where, os.path.realpath(full)):
            refuse(full)

    def refuse(path: str) -> NoReturn:
        line = recorder.line()
        raise StopProgramError(
            f"Line {line} wanted to change {path}. The doctor lets a program write only into a folder of its own, and "
            "stopped it there; what came before was judged."
        )

    sys.addaudithook(hook)
    try:
        yield
    finally:
        on.clear()


def may_change(recorder: Recorder, where: Path, path: str) -> bool:
    """Whether the program may change a file there: in the doctor's folder, or among temporary files.

    The program's own folder stays as it is, even where it lies among temporary files.
    """
    if path.startswith((str(where), "/dev/", "/proc/")):
        return True
    temporary, own = os.path.realpath(tempfile.gettempdir()), os.path.dirname(os.path.realpath(recorder.file))
    beside = own != temporary and path.startswith(own + os.sep)
    return path.startswith(temporary + os.sep) and not beside


@contextmanager
def redirect_files(recorder: Recorder, where: Path) -> Iterator[None]:
    """Send files that the program writes elsewhere into the temporary folder, and let it read them from there."""
    before = builtins.open

    def open_here(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        return before(
            here(recorder, where, file, any(letter in mode for letter in "wax+")), mode, *args, **kwargs
        )

    recorder.here = lambda path, writes: here(recorder, where, path, writes)
    builtins.open = io.open = open_here
    try:
        yield
    finally:
        builtins.open = io.open = before


def here(recorder: Recorder, where: Path, path: Any, writes: bool) -> Any:
    """Give the path in the temporary folder for one that lies outside and is written, or was written before."""
    if not isinstance(path, str | os.PathLike) or not os.path.isabs(path):
        return path
    full = os.path.realpath(str(path))
    if may_change(recorder, where, full):
        return path
    inside = where / "written-elsewhere" / os.path.basename(full)
    if not writes:
        return str(inside) if inside.exists() else path
    inside.parent.mkdir(exist_ok=True)
    recorder.remark(f"The program writes {full}; the doctor kept it from there.")
    return str(inside)


def own_copy(path: str) -> None:
    """Turn a link into a copy of the file that it points to."""
    target = os.path.realpath(path)
    os.unlink(path)
    if os.path.isfile(target):
        shutil.copyfile(target, path)


@contextmanager
def no_surprises(recorder: Recorder) -> Iterator[None]:
    """Answer what nobody is there to answer: questions, windows, exits."""
    before = builtins.input, os._exit
    os.environ["MPLBACKEND"] = "Agg"
    sys.dont_write_bytecode = True

    def ask(prompt: object = "") -> NoReturn:
        line = recorder.line()
        recorder.event("input", line=line)
        raise StopProgramError(
            f"Line {line} asks for input(). Nobody can answer here: put the value into the program for this "
            "check."
        )

    def leave(code: object = 0) -> NoReturn:
        raise SystemExit(code)

    builtins.input = ask
    setattr(os, "_exit", leave)  # noqa: B010  its type takes a status alone
    try:
        yield
    finally:
        builtins.input, os._exit = before


@contextmanager
def time_limit(seconds: float, recorder: Recorder) -> Iterator[None]:
    """Stop the program after so many seconds, and keep what was seen until then."""

    def ring(number: int, frame: Any) -> NoReturn:
        line = recorder.line()
        recorder.event("timeout", line=line, seconds=seconds)
        raise StopProgramError(
            f"The program was still running after {seconds:g} s, at line {line}, and was stopped there: a "
            "loop that "
            "does not end, or more work than a check of shapes needs. What it built and called until then "
            "was judged."
        )

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def quiet(recorder: Recorder) -> Iterator[None]:
    """Take the program's output and note the warnings."""
    out, err = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = Output(recorder)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = _noting(recorder)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = out, err


def _noting(recorder: Recorder) -> Callable[..., None]:
    def show(message: Warning | str, category: type[Warning], *rest: Any, **more: Any) -> None:
        if len(recorder.warnings) < 50:
            recorder.warnings.append(
                f"{category.__name__}: {str(message).splitlines()[0] if str(message) else ''}"
            )

    return show
