"""Grade an exercise: the learner's program in one process, the check in another."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lstm_course.course.exercise import read_text
from lstm_course.course.grading import failures
from lstm_course.course.grading.attempt import Attempt
from lstm_course.course.grading.closed_modules import COURSE, NETWORKS
from lstm_course.course.grading.sandbox import Ended, Sandbox
from lstm_course.course.grading.verdict import Message, Rejected, Unchecked, Verdict
from lstm_course.course.loading import load_module
from lstm_course.problems import ProblemError
from lstm_course.resources import content_dir

MAX_CODE = 200_000  # characters; a program of an exercise has a few thousand at most
Check = Callable[[Attempt], Iterator[Message]]


def grade(folder: str, code: str, seconds: float = 20.0) -> Verdict:
    """Check a learner's program against an exercise.

    Called in a job's process; the program itself runs in a further one, from which only plain values come back.
    Neither what it imports nor what it replaces there reaches the comparison.

    Args:
        folder: folder of the exercise.
        code: the program.
        seconds: longest time for running it and for each call.

    Returns:
        The verdict, with the message for the first mistake.
    """
    began = time.monotonic()
    if is_unchanged(code, read_text(Path(folder) / "starter.py")):
        return Verdict("not attempted", NOT_ATTEMPTED)
    if len(code) > MAX_CODE or "\0" in code:
        return Verdict("could not be checked", _not_a_program(code))
    with Sandbox(code, seconds, _closed_with(folder)) as sandbox:
        verdict = _judge(folder, code, sandbox, seconds)
    return _completed(verdict, sandbox, began)


NOT_ATTEMPTED = Message(
    "not-attempted", "This is still the program that you were given. Change it, then check again."
)


def _judge(folder: str, code: str, sandbox: Sandbox, seconds: float) -> Verdict:
    """Read the check when the learner's process has begun, which must not hold it, and before the program runs."""
    try:
        check, closed = _check_of(folder)
        message = next(check(Attempt(code, sandbox, seconds, closed)), None)
    except Rejected as rejected:
        return Verdict("wrong", rejected.message, detail=rejected.detail)
    except (ProblemError, Unchecked) as error:
        return Verdict("could not be checked", Message("check-failed", str(error)))
    except Exception as error:  # noqa: BLE001 - a check that fails must not look like a mistake of the learner
        return Verdict("could not be checked", _check_failed(error))
    return Verdict("right") if message is None else Verdict("wrong", message)


def _closed_with(folder: str) -> str:
    """Return what a program may not touch: the exercise, with its neighbours where it lies among exercises."""
    exercise = Path(folder).resolve()
    return str(exercise.parent if exercise.parent.name == "exercises" else exercise)


def _check_of(folder: str) -> tuple[Check, frozenset[str]]:
    """Return the check, and the packages that are closed to the program: Keras where it says `BY_HAND = True`."""
    module = load_module(Path(folder) / "check.py")
    check: Check | None = getattr(module, "check", None)
    if check is None:
        raise ProblemError(f"{folder}/check.py defines no function check(attempt).")
    return check, COURSE | NETWORKS if getattr(module, "BY_HAND", False) else COURSE


def _check_failed(error: Exception) -> Message:
    return Message(
        "check-failed",
        f"The check itself failed ({type(error).__name__}: {error}). Your program may be right; this is a fault of "
        "the exercise.",
    )


def _not_a_program(code: str) -> Message:
    reason = (
        "holds a null byte"
        if "\0" in code
        else f"has {len(code):,} characters; at most {MAX_CODE:,} are read"
    )
    return Message("no-program", f"The program {reason}. Reset the exercise and paste only your code.")


def is_unchanged(code: str, starter: str) -> bool:
    """Whether a program is still the one that the learner was given, comments and layout apart.

    >>> is_unchanged("x = 1  # try", "x=1"), is_unchanged("x = 2", "x = 1")
    (True, False)
    """
    if code.strip() == starter.strip() or not code.strip():
        return True
    try:
        return ast.dump(ast.parse(code)) == ast.dump(ast.parse(starter))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def grade_all(folder: str, codes: Sequence[str], seconds: float = 20.0) -> list[Verdict]:
    """Check several programs against one exercise, each in a process of its own."""
    return [grade(folder, code, seconds) for code in codes]


def run_code(code: str, seconds: float = 20.0) -> Verdict:
    """Run a program without checking it, as for a run button.

    Returns:
        Kind "right" when it came to its end (nothing was compared), else "wrong" with the message.
    """
    began = time.monotonic()
    with Sandbox(code, seconds, str(content_dir("lessons")), name="__main__") as sandbox:
        verdict = _run(sandbox, code, seconds)
    return _completed(verdict, sandbox, began)


def _completed(verdict: Verdict, sandbox: Sandbox, began: float) -> Verdict:
    """Add what the program printed, all of which is there once its process has ended, and the time."""
    return replace(verdict, output=sandbox.output, seconds=time.monotonic() - began)


def _run(sandbox: Sandbox, code: str, seconds: float) -> Verdict:
    try:
        answer = sandbox.started()
    except Ended as error:
        return Verdict("wrong", failures.ended(error, "The program", seconds), detail=error.detail)
    if "error" in answer:
        failure = answer["error"]
        return Verdict(
            "wrong", failures.failed(failure, "The program", code), detail=str(failure.get("trace", ""))
        )
    return Verdict("right")
