"""What a learner's program may not do while it is checked: touch the exercises, end its grader, start programs.

This keeps an honest check honest. It is no wall: Python reports what it opens itself, not what compiled code opens
(TensorFlow's own file functions, ctypes; `sealed` keeps those from reading where the kernel can), and whoever wants to
get around it on their own machine can.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PROGRAMS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
)
_KILLS = ("os.kill", "os.killpg")
_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod")
_OPEN_FILES = "/proc/self/fd"  # Linux lists them there; elsewhere no path is followed from an open folder
_Rule = Callable[[tuple[Any, ...]], None]
_Identity = tuple[int, int]  # device and number: a file keeps them under every other name


def close_book(folder: str) -> None:
    """Refuse such steps from now on, in this process, with a PermissionError that says why.

    Args:
        folder: what may be neither read nor changed, with all that is in it.
    """
    rules = _rules(_looker(_identities(folder)))

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        rule = rules.get(event)
        if rule is not None:
            rule(args)

    sys.addaudithook(refuse)


def _rules(look: Callable[[object, bool], None]) -> dict[str, _Rule]:
    own = os.getpid()

    def opening(args: tuple[Any, ...]) -> None:
        look(args[0], args[1] is None)  # os.open gives no mode, and it alone opens from a folder (dir_fd)

    def changing(args: tuple[Any, ...]) -> None:
        for path in args:
            look(path, True)

    def killing(args: tuple[Any, ...]) -> None:
        if args[0] != own:
            raise PermissionError("An exercise may end itself only, and no other process.")

    def starting(args: tuple[Any, ...]) -> None:
        raise PermissionError("An exercise starts no other program; do it in Python.")

    return {
        "open": opening,
        **dict.fromkeys(_CHANGES, changing),
        **dict.fromkeys(_KILLS, killing),
        **dict.fromkeys(_PROGRAMS, starting),
    }


def _looker(closed: frozenset[_Identity]) -> Callable[[object, bool], None]:
    """Make the function that refuses a path; it holds what it needs, so that a replaced `os.stat` does not reach it."""
    stat, real, entries, decode = os.stat, os.path.realpath, os.listdir, os.fsdecode
    own, has_list = os.getpid(), os.path.isdir(_OPEN_FILES)
    process = re.compile(r"/proc/(\d+)(?:/|$)").match

    def refuse(path: str) -> None:
        other = process(path) or process(real(path))
        if other and int(other[1]) != own:
            raise PermissionError("An exercise looks into no other process.")
        try:
            found = stat(path)
        except (OSError, ValueError):  # what does not exist gives nothing away
            return
        if (found.st_dev, found.st_ino) in closed:
            raise PermissionError("The check keeps its own files closed: write the program yourself.")

    def look(path: object, from_open_folders: bool) -> None:
        if not isinstance(path, str | bytes):
            return
        text = decode(path)
        refuse(text)
        if from_open_folders and has_list and not text.startswith("/"):
            for number in entries(_OPEN_FILES):
                refuse(f"{_OPEN_FILES}/{number}/{text}")

    return look


def _identities(folder: str) -> frozenset[_Identity]:
    found = [path.stat() for path in (Path(folder), *Path(folder).rglob("*"))]
    return frozenset((each.st_dev, each.st_ino) for each in found)
