"""A process and its descendants: how much memory they hold, and how to end them all.

Memory is read from /proc, where there is one. Counted are the pages that a process does not
share with a file (RssAnon + RssShmem): what a limit is meant to bound. RLIMIT_AS is of no use
here, since TensorFlow reserves far more addresses than it touches.

Source: proc(5), setsid(2), killpg(2).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "status").is_file()
_COUNTED = ("RssAnon:", "RssShmem:")


def memory_mb(pid: int) -> float:
    """Return the memory of one process in MB; 0 when it is gone or cannot be read."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(_COUNTED)) / 1024


def descendants(pid: int) -> dict[int, str]:
    """Return the living descendants of ``pid``, each with its start time, which tells a reused id apart."""
    family = _family()
    found: dict[int, str] = {}
    parents = {pid}
    while parents:
        parents = {child for child, (parent, _) in family.items() if parent in parents and child not in found}
        found |= {child: family[child][1] for child in parents}
    return found


def end(pid: int, known: Mapping[int, str], leads: bool) -> None:
    """Kill a job's process with its group, its descendants, and those of ``known`` that still live.

    Args:
        pid: the job's process, which leads a group of the same number once it has run a moment.
        known: descendants that were seen before, with their start times: one that left the group
            and whose parent has ended can be found no other way.
        leads: whether ``pid`` is still the job's own process; when it has ended, its group may
            hold what it left behind, but its number may belong to another process.
    """
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    doomed = {**known, **descendants(pid)}
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    if leads:
        _kill(pid)
    for child, start in doomed.items():
        if _start_time(child) == start:
            _kill(child)


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs, or waits to be reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _family() -> dict[int, tuple[int, str]]:
    if not HAS_PROC:
        return {}
    entries = {int(name): _parent_and_start(int(name)) for name in os.listdir(PROC) if name.isdecimal()}
    return {pid: entry for pid, entry in entries.items() if entry is not None}


def _start_time(pid: int) -> str | None:
    entry = _parent_and_start(pid)
    return entry and entry[1]


def _parent_and_start(pid: int) -> tuple[int, str] | None:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    values = text.rpartition(")")[2].split()  # a program's name may itself hold spaces and brackets
    return int(values[1]), values[19]
