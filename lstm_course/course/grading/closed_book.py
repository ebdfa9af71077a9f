"""What a learner's program may not do while it is checked: read the answer, end its grader, start programs.

This keeps an honest check honest. It is no wall: whoever wants to get around it on their own machine can.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

_ANSWERS = ("solution.py", "check.py", "explanation.md")
_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"})
_KILLS = frozenset({"os.kill", "os.killpg"})


def close_book() -> None:
    """Refuse such steps from now on, in this process, with a PermissionError that says why."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    rule = _RULES.get(event)
    if rule is not None:
        rule(args)


def _opening(args: tuple[Any, ...]) -> None:
    if isinstance(args[0], str | bytes) and is_answer(os.fsdecode(args[0])):
        raise PermissionError("The check keeps its own files closed: write the program yourself.")


def _killing(args: tuple[Any, ...]) -> None:
    if args[0] != os.getpid():
        raise PermissionError("An exercise may end itself only, and no other process.")


def _starting(args: tuple[Any, ...]) -> None:
    raise PermissionError("An exercise starts no other program; do it in Python.")


_RULES: dict[str, Callable[[tuple[Any, ...]], None]] = {
    "open": _opening,
    "os.link": _opening,  # a second name for the same file would hide where it lies
    **dict.fromkeys(_KILLS, _killing),
    **dict.fromkeys(_PROGRAMS, _starting),
}


def is_answer(path: str) -> bool:
    """Whether a path leads to an exercise's solution, check or explanation, through a link or not.

    >>> is_answer("lessons/02_windows/exercises/windows_by_hand/solution.py"), is_answer("solution.py")
    (True, False)
    """
    parts = os.path.realpath(path).split(os.sep)
    name = parts[-1]
    return "exercises" in parts[:-1] and (name in _ANSWERS or name.startswith("wrong_"))
