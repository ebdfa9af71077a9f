"""A process and its descendants: how much memory they hold, and how to end them all.

Memory is read from /proc, where there is one. Counted are the pages that a process does not
share with a file (RssAnon + RssShmem): what a limit is meant to bound. RLIMIT_AS is of no use
here, since TensorFlow reserves far more addresses than it touches.

Source: proc(5), setsid(2), killpg(2).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "status").is_file()
PR_SET_CHILD_SUBREAPER = 36
ROUNDS = 20
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
    family = _all_processes()
    found: dict[int, str] = {}
    parents = {pid}
    while parents:
        parents = {child for child, (parent, _) in family.items() if parent in parents and child not in found}
        found |= {child: family[child][1] for child in parents}
    return found


def written_mb(pid: int) -> float:
    """Return what one process has written so far in MB, to files and pipes; 0 when that cannot be read."""
    try:
        lines = (PROC / str(pid) / "io").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("wchar:")) / 1024**2


def end_strays(server: int, jobs: Collection[int]) -> None:
    """Kill what jobs that have ended left to the server: its children in sessions of neither its own nor a job's.

    The server adopts what a job's process leaves behind. A program in a session of its own that was started
    just before its job ended may never have been seen below the job.

    Args:
        server: the process that starts the jobs, and starts none while this runs.
        jobs: the processes of all jobs that have not ended.
    """
    for _ in range(ROUNDS):
        strays = [pid for pid in _children(server) if pid not in jobs and _session(pid) not in (None, *jobs)]
        strays = [pid for pid in strays if _session(pid) != _session(server)]
        if not strays:
            return
        for pid in strays:
            end(pid, {}, leads=True)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that none is lost from sight."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(pid: int, known: Mapping[int, str], leads: bool) -> None:
    """Kill a job's process with its group, its descendants, and those of ``known`` that still live.

    The job's own process is stopped first and killed last: until then its descendants, of whatever
    group or session, are found below it.

    Args:
        pid: the job's process, which leads a group of the same number once it has run a moment.
        known: descendants that were seen before, with their start times.
        leads: whether ``pid`` is still the job's own process; when it has ended, its group may
            hold what it left behind, but its number may belong to another process.
    """
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    if leads:
        _signal(os.kill, pid, signal.SIGSTOP)
        _kill_below(pid)
    _signal(os.killpg, pid, signal.SIGKILL)
    if leads:
        _signal(os.kill, pid, signal.SIGKILL)
    for child, start in known.items():
        if _start_time(child) == start:
            _signal(os.kill, child, signal.SIGKILL)


def end_self() -> None:
    """Kill this process, which leads a group, and all that it started."""
    if sys.platform == "win32":
        end(os.getpid(), {}, leads=True)
    else:
        _kill_below(os.getpid())
        os.killpg(0, signal.SIGKILL)


def _kill_below(pid: int) -> None:
    for _ in range(ROUNDS):  # what is being killed may just have started another
        below = descendants(pid)
        if not below:
            return
        for child in below:
            _signal(os.kill, child, signal.SIGKILL)


def _signal(send: Callable[[int, int], None], number: int, which: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        send(number, which)


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs, or waits to be reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _children(pid: int) -> list[int]:
    return [child for child, (parent, _) in _all_processes().items() if parent == pid]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None


def _all_processes() -> dict[int, tuple[int, str]]:
    if not HAS_PROC:
        return {}
    entries = {int(name): _parent_and_start(int(name)) for name in os.listdir(PROC) if name.isdecimal()}
    return {pid: entry for pid, entry in entries.items() if entry is not None}


def _start_time(pid: int) -> str | None:
    entry = _parent_and_start(pid)
    return entry and entry[1]


def _parent_and_start(pid: int) -> tuple[int, str] | None:
    """Return the parent and the start time of a process that runs: one that waits to be reaped is over."""
    try:
        with open(f"{PROC}/{pid}/stat", "rb") as file:
            text = file.read()
    except OSError:
        return None
    values = text.rpartition(b")")[2].split()  # a program's name may itself hold spaces and brackets
    return None if values[0] == b"Z" else (int(values[1]), values[19].decode())
