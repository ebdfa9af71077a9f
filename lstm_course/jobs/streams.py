"""Bytes between a job's process and the parent: frames on a pipe, and captured output.

A pipe is treated as a plain stream of bytes, so that the parent never waits for the rest
of a message whose sender has stopped in the middle of it.
"""

from __future__ import annotations

import os
import struct
import sys
from multiprocessing.connection import Connection

HEADER = struct.Struct("!cQ")  # a tag and the number of bytes that follow
CHUNK = 1 << 16
WINDOWS = sys.platform == "win32"


def unblock(pipe: Connection) -> None:
    """Make ``read_some`` return at once on this end of a pipe."""
    if not WINDOWS:
        os.set_blocking(pipe.fileno(), False)


def read_some(pipe: Connection) -> bytes | None:
    """Read what is there: bytes, ``b""`` at the end of the stream, ``None`` when nothing waits."""
    try:
        if not WINDOWS:
            return os.read(pipe.fileno(), CHUNK)
        return pipe.recv_bytes() if pipe.poll() else None  # a Windows pipe is no file descriptor
    except BlockingIOError:
        return None
    except (EOFError, OSError):
        return b""


def write_all(pipe: Connection, data: bytes) -> None:
    """Write ``data``, waiting while the pipe is full."""
    if WINDOWS:
        pipe.send_bytes(data)
        return
    view = memoryview(data)
    while view:
        view = view[os.write(pipe.fileno(), view) :]


class Frames:
    """Cuts a stream of bytes back into the tagged messages that were written to it.

    Example:
        >>> frames = Frames()
        >>> frames.feed(HEADER.pack(b"e", 2) + b"h"), frames.feed(b"i")
        ([], [(b'e', b'hi')])
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.num_bytes = 0

    def feed(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """Take the next bytes; return the messages that they complete, as (tag, payload)."""
        self._buffer += chunk
        self.num_bytes += len(chunk)
        messages = []
        while (message := self._next()) is not None:
            messages.append(message)
        return messages

    def _next(self) -> tuple[bytes, bytes] | None:
        if len(self._buffer) < HEADER.size:
            return None
        tag, length = HEADER.unpack_from(self._buffer)
        end = HEADER.size + length
        if len(self._buffer) < end:
            return None
        payload = bytes(memoryview(self._buffer)[HEADER.size : end])
        del self._buffer[:end]
        return tag, payload


class Head:
    """Keeps the first bytes of a stream, and counts the rest.

    Example:
        >>> head = Head(4)
        >>> head.add(b"abcdef"); print(head.text())
        abcd
        [2 bytes more were printed and dropped]
    """

    def __init__(self, num_kept: int) -> None:
        self._kept = bytearray()
        self._room = num_kept
        self.num_bytes = 0

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the stream."""
        self.num_bytes += len(chunk)
        self._kept += chunk[: self._room - len(self._kept)]

    def text(self) -> str:
        """Return what was kept as text, with a note when something was dropped."""
        text = self._kept.decode("utf-8", errors="replace")
        dropped = self.num_bytes - len(self._kept)
        return f"{text}\n[{dropped:,} bytes more were printed and dropped]" if dropped else text
