"""The kernel's own limits on a job's memory and files, behind those that the parent watches.

The parent looks at a job's memory some times a second. Between two looks a job could take
everything the machine has, so the kernel refuses what is far beyond the limit at once. It
counts writable memory that is reserved, not used (RLIMIT_DATA), and threads reserve a stack
each, therefore the slack.

Source: setrlimit(2).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

SLACK_MB = 1024
STACK_MB = 8
THREADS_PER_CPU = 8


def ceiling_mb(limit_mb: int, reserved_mb: int, num_cpus: int) -> int:
    """Return how much writable memory the kernel may let a job reserve.

    Example:
        >>> ceiling_mb(limit_mb=1000, reserved_mb=500, num_cpus=2)
        2652
    """
    return reserved_mb + limit_mb + SLACK_MB + num_cpus * THREADS_PER_CPU * STACK_MB


def set_ceiling(limit_mb: int | None) -> None:
    """Ask the kernel to bound this process and its children; does nothing where it cannot."""
    if limit_mb is not None:
        _lower("RLIMIT_DATA", lambda: ceiling_mb(limit_mb, _reserved_mb(), os.cpu_count() or 1))


def set_file_ceiling(limit_mb: int | None) -> None:
    """Ask the kernel to refuse a file larger than this; does nothing where it cannot."""
    if limit_mb is not None:
        _lower("RLIMIT_FSIZE", lambda: limit_mb)


def _lower(name: str, size_mb: Callable[[], int]) -> None:
    """Lower a limit of the kernel, unless it is lower already or there is none of this kind."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # absent on Windows

        kind, num_bytes = getattr(resource, name), size_mb() << 20
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or num_bytes < hard:
            resource.setrlimit(kind, (num_bytes, num_bytes))


def _reserved_mb() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) // 1024
    raise ValueError("/proc/self/status has no VmData: expected Linux.")
