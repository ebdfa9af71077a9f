"""Files that the kernel itself keeps from a process, whichever code opens them: Linux with Landlock."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every architecture
_ASK_VERSION = 1  # flag of _CREATE
_WITH_MOVES = (
    2  # version that can tell moves and links; the one before refuses all that lead to another folder
)
_READ_FILE, _MOVE = 1 << 2, 1 << 13  # the rights that are taken away
_PATH_BENEATH = 1  # kind of rule: a file, or a folder with all that is in it
_NO_NEW_PRIVILEGES = 38  # of prctl; without it only root may give up rights


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("opened", ctypes.c_int32)]


def seal(folder: str) -> bool:
    """Take from this process, for good, the right to read what is in a folder; return whether the kernel can.

    Threads that run already keep the right. What is made later beside the folder, or beside one that it is in,
    cannot be read either: the kernel knows only what may be read.

    Args:
        folder: what must not be read, with all that is in it.

    Source: Linux kernel documentation, "Landlock: unprivileged access control".
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    if libc.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION) < _WITH_MOVES:
        return False
    with suppress(OSError):  # where a folder above cannot be listed, too much would be closed
        beside = _beside(Path(folder).resolve())
        return _restrict(libc, beside)
    return False


def _restrict(libc: ctypes.CDLL, allowed: list[Path]) -> bool:
    handled = _Ruleset(_READ_FILE | _MOVE)
    rules = libc.syscall(_CREATE, ctypes.byref(handled), ctypes.c_size_t(ctypes.sizeof(handled)), 0)
    if rules < 0:
        return False
    try:
        for path in allowed:
            with suppress(OSError):  # gone meanwhile
                _allow(libc, rules, path)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _beside(folder: Path) -> list[Path]:
    """List what lies beside a folder, and beside each folder that it is in: together all but the folder."""
    return [
        path
        for inner in (folder, *folder.parents[:-1])
        for path in inner.parent.iterdir()
        if path != inner and not path.is_symlink()  # where a link leads has a rule of its own
    ]


def _allow(libc: ctypes.CDLL, rules: int, path: Path) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        rights = _READ_FILE | _MOVE if path.is_dir() else _READ_FILE
        libc.syscall(_ADD, rules, _PATH_BENEATH, ctypes.byref(_Beneath(rights, opened)), 0)
    finally:
        os.close(opened)
