"""Everything a job prints, from Python or from C, goes to a pipe that the parent empties."""

from __future__ import annotations

import faulthandler
import io
import os
import sys
import threading
from multiprocessing.connection import Connection

from lstm_course.jobs.streams import CHUNK, WINDOWS, write_all


def capture_output(pipe: Connection) -> None:
    """Send file descriptors 1 and 2 to ``pipe``, give an empty input, and report crashes there."""
    _empty_input()
    if WINDOWS:
        pump_into(pipe)
    else:
        _point_output_at(pipe.fileno())
    sys.stdout = _text(1)
    sys.stderr = _text(2)
    faulthandler.enable(sys.stderr)


def pump_into(pipe: Connection) -> None:
    """Send the output on from a thread, where a descriptor cannot stand for the pipe itself."""
    reader, writer = os.pipe()
    _point_output_at(writer)
    os.close(writer)
    threading.Thread(target=_pump, args=(reader, pipe), name="output", daemon=True).start()


def _pump(reader: int, pipe: Connection) -> None:
    while chunk := os.read(reader, CHUNK):
        write_all(pipe, chunk)


def _point_output_at(descriptor: int) -> None:
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


def _empty_input() -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)


def _text(descriptor: int) -> io.TextIOWrapper:
    """Return a stream that writes each line at once, so that a crash loses none."""
    raw = open(descriptor, "wb", closefd=False)  # noqa: SIM115 - it stays open as long as the process
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", line_buffering=True)
