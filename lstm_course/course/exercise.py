"""Exercise: a folder of files that an editor can open, read into a value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lstm_course.problems import ProblemError

Kind = Literal["faded", "free", "debugging"]
KINDS: tuple[Kind, ...] = ("faded", "free", "debugging")
FILES = ("prompt.md", "starter.py", "solution.py", "check.py", "explanation.md", "hints.md")
"""Files that every exercise has, beside its wrong_*.py."""

_HINT = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_EARNS = re.compile(r"#\s*earns:\s*(\S+)\s*$")


@dataclass(frozen=True)
class Hint:
    """One rung of the ladder to the solution."""

    title: str  # its heading
    text: str  # Markdown


@dataclass(frozen=True)
class WrongProgram:
    """A mistake that learners make, kept to test that it earns its message."""

    name: str  # file name
    earns: str  # id of the message that it must get
    code: str  # the program


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A program to write, to complete or to repair. A lesson names it; its texts come from its folder."""

    name: str  # name of its folder
    title: str  # its name for a reader
    kind: Kind  # faded: fill the missing line; free; debugging: repair
    seconds: float = 10.0  # time that a check may take, without the import of Keras
    folder: Path | None = None  # where it lies; this and what follows is filled in when it is loaded
    prompt: str = ""  # the task, Markdown
    starter: str = ""  # the program that a learner begins with
    solution: str = ""  # one program that is right
    explanation: str = ""  # shown after success, with another way to do it
    hints: tuple[Hint, ...] = ()  # from a nudge to the solution
    wrong: tuple[WrongProgram, ...] = ()  # mistakes that the audit tries


def load_exercise(exercise: Exercise, folder: Path) -> Exercise:
    """Read an exercise's files.

    Args:
        exercise: name, title and kind, as the lesson gives them.
        folder: folder that holds its files.

    Raises:
        ProblemError: when a file is missing or cannot be read.
    """
    return replace(
        exercise,
        folder=folder,
        prompt=read_text(folder / "prompt.md"),
        starter=read_text(folder / "starter.py"),
        solution=read_text(folder / "solution.py"),
        explanation=read_text(folder / "explanation.md"),
        hints=read_hints(read_text(folder / "hints.md")),
        wrong=tuple(read_wrong(path) for path in sorted(folder.glob("wrong_*.py"))),
    )


def read_text(path: Path) -> str:
    """Read one file of a lesson.

    Raises:
        ProblemError: when it is missing or no UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ProblemError(f"{path} is missing; write it.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(f"{path} cannot be read: {error}. Save it as UTF-8 text.") from error


def read_hints(text: str) -> tuple[Hint, ...]:
    """Cut hints.md at its headings, one `## title` for each hint.

    >>> read_hints("## Count\\nHow many rows?\\n\\n## Write\\n`len(x)`")
    (Hint(title='Count', text='How many rows?'), Hint(title='Write', text='`len(x)`'))
    """
    found = list(_HINT.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        Hint(match.group(1), text[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)
    )


def read_wrong(path: Path) -> WrongProgram:
    """Read a wrong program; its first line says which message it earns: `# earns: off-by-one`.

    Raises:
        ProblemError: when the first line says nothing of the kind.
    """
    code = read_text(path)
    earned = _EARNS.match(code.partition("\n")[0])
    if earned is None:
        raise ProblemError(
            f"{path}: its first line must name the message that it earns, as in '# earns: off-by-one'."
        )
    return WrongProgram(path.name, earned.group(1), code)
