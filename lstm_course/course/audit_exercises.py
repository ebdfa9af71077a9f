"""The audit of exercises: their files, and whether starter, solution and mistakes get what they should."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from lstm_course import jobs
from lstm_course.course.exercise import FILES, KINDS, Exercise
from lstm_course.course.grading import Verdict, grade_all, is_unchanged
from lstm_course.course.grading.failures import BLANK
from lstm_course.course.imports import foreign_imports

MIN_HINTS = 2
MIN_WRONG = 3
CHECK_IMPORTS = frozenset(
    {
        "__future__",
        "lstm_course.authoring",
        "numpy",
        "pandas",
        "math",
        "itertools",
        "collections.abc",
        "typing",
    }
)
TOUCHED = "\n_ = 0  # no longer the starter that was given\n"

Grader: TypeAlias = Callable[[str, Sequence[str], float], Sequence[Verdict]]


def exercise_problems(exercise: Exercise) -> list[str]:
    """Return what is wrong with an exercise's files, without running them."""
    return [problem for rule in (_files, _texts, _programs) for problem in rule(exercise)]


def audit_exercise(exercise: Exercise, grader: Grader | None = None) -> list[str]:
    """Run starter, solution and every wrong program; return what does not get what it should.

    Args:
        exercise: the exercise, loaded.
        grader: grades several programs; None: in forks of this process, or in a job where Keras is needed.
    """
    programs = [exercise.starter + TOUCHED, exercise.solution, *(wrong.code for wrong in exercise.wrong)]
    run = grader or _grader_for(programs)
    starter, solution, *mistakes = run(str(exercise.folder), programs, exercise.seconds)
    problems: list[str] = []
    if starter.kind != "wrong":
        problems.append(f"starter.py gets {_told(starter)}; a starter must be wrong until it is changed.")
    if not solution.is_right:
        problems.append(f"solution.py gets {_told(solution)}; mend the solution or the check.")
    for wrong, verdict in zip(exercise.wrong, mistakes, strict=True):
        earned = verdict.message.id if verdict.message else ""
        if verdict.kind != "wrong" or earned != wrong.earns:
            problems.append(
                f"{wrong.name} should earn {wrong.earns!r} and gets {_told(verdict)}; mend the program, its first "
                "line, or the order of the messages in check.py."
            )
    return problems


def _told(verdict: Verdict) -> str:
    message = f" ({verdict.message.id}: {verdict.message.text})" if verdict.message else ""
    return f"“{verdict.kind}”{message}"


def _grader_for(programs: Sequence[str]) -> Grader:
    return _in_a_job if any("keras" in program for program in programs) else grade_all


def _in_a_job(folder: str, programs: Sequence[str], seconds: float) -> Sequence[Verdict]:
    """Grade in a process that has Keras already."""
    limits = jobs.Limits(seconds=600)
    job = jobs.submit(
        "lstm_course.course.grading:grade_all", (folder, list(programs), seconds), limits=limits
    )
    verdicts = job.result()
    return verdicts if isinstance(verdicts, list) else []


def _files(exercise: Exercise) -> Iterator[str]:
    folder = exercise.folder or Path()
    for path in sorted(folder.iterdir()):
        is_wrong = path.name.startswith("wrong_") and path.suffix == ".py"
        if path.name not in FILES and not is_wrong and path.name != "__pycache__":
            yield f"{path.name} is a stray file; take it out."
    if len(exercise.wrong) < MIN_WRONG:
        yield f"{len(exercise.wrong)} wrong_*.py; write {MIN_WRONG} or more mistakes that learners really make."


def _texts(exercise: Exercise) -> Iterator[str]:
    if exercise.kind not in KINDS:
        yield f"kind={exercise.kind!r}: expected one of {', '.join(KINDS)}."
    for name in ("title", "prompt", "explanation"):
        if not getattr(exercise, name).strip():
            yield f"{name} is empty; write it."
    if "## Another way" not in exercise.explanation:
        yield "explanation.md has no heading '## Another way'; show a second program that is right."
    if len(exercise.hints) < MIN_HINTS:
        yield f"hints.md has {len(exercise.hints)} hints; write {MIN_HINTS} or more, each under its own '## title'."
    for hint in exercise.hints:
        if not hint.text:
            yield f"the hint {hint.title!r} is empty; write it or take it out."


def _programs(exercise: Exercise) -> Iterator[str]:
    if is_unchanged(exercise.solution, exercise.starter):
        yield "starter.py and solution.py are the same program."
    if exercise.kind == "faded" and BLANK not in exercise.starter:
        yield f"starter.py of a faded exercise marks the gap with {BLANK}; it has none."
    codes = {"starter.py": exercise.starter, "solution.py": exercise.solution}
    codes |= {wrong.name: wrong.code for wrong in exercise.wrong}
    for name, code in codes.items():
        problem = _unreadable(code)
        may_be_broken = exercise.kind == "debugging" and name == "starter.py"
        if problem and not may_be_broken and not name.startswith("wrong_"):
            yield f"{name}: {problem}"
    yield from _imports(exercise)


def _imports(exercise: Exercise) -> Iterator[str]:
    yield from foreign_imports((exercise.folder or Path()) / "check.py", CHECK_IMPORTS)


def _unreadable(code: str) -> str:
    try:
        ast.parse(code)
    except SyntaxError as error:
        return f"Python cannot read line {error.lineno}: {error.msg}."
    return ""
