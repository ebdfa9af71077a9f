"""Find and read the lessons: each is a folder, and nothing else needs to know of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from lstm_course.course.exercise import load_exercise, read_text
from lstm_course.course.lesson import Lesson, Step
from lstm_course.course.prose import sections, split_at_line
from lstm_course.problems import ProblemError
from lstm_course.resources import content_dir

FOLDER = re.compile(r"(\d\d)_([a-z0-9_]+)")
"""Name of a lesson's folder: two digits and the slug, with underscores for hyphens."""


def lesson_folders(root: Path | None = None) -> tuple[Path, ...]:
    """Return the folders of all lessons, in order.

    Args:
        root: folder that holds them; None: the lessons of this installation.
    """
    where = root or content_dir("lessons")
    return tuple(sorted(path for path in where.iterdir() if path.is_dir() and FOLDER.fullmatch(path.name)))


@lru_cache(maxsize=4)
def load_lessons(root: Path | None = None) -> tuple[Lesson, ...]:
    """Read all lessons, in order.

    Raises:
        ProblemError: when one of them cannot be read.
    """
    return tuple(load_lesson(folder) for folder in lesson_folders(root))


@lru_cache(maxsize=4)
def readable_lessons(root: Path | None = None) -> tuple[tuple[Lesson, ...], tuple[str, ...]]:
    """Read the lessons that can be read, in order, and say of the others why they cannot.

    One broken folder must not take the whole course away from a learner.
    """
    lessons: list[Lesson] = []
    broken: list[str] = []
    for folder in lesson_folders(root):
        try:
            lessons.append(load_lesson(folder))
        except ProblemError as problem:
            broken.append(f"{folder.name}: {problem}")
    return tuple(lessons), tuple(broken)


def find_lesson(slug: str, root: Path | None = None) -> Lesson:
    """Return a lesson by its slug or its number.

    Raises:
        ProblemError: when there is none.
    """
    names = []
    for folder in lesson_folders(root):
        number, name = folder.name[:2], folder.name[3:].replace("_", "-")
        if slug in (name, number, str(int(number)), folder.name):
            return load_lesson(folder)
        names.append(name)
    raise ProblemError(f"There is no lesson {slug!r}. There are: {', '.join(names) or 'none yet'}.")


def load_lesson(folder: Path) -> Lesson:
    """Read one lesson: its lesson.py, the prose of lesson.md, and its exercises.

    Args:
        folder: folder such as lessons/02_windows.

    Raises:
        ProblemError: when a file is missing or the two do not fit together.
    """
    lesson = getattr(load_module(folder / "lesson.py"), "LESSON", None)
    if not isinstance(lesson, Lesson):
        raise ProblemError(f"{folder / 'lesson.py'} defines no LESSON; write LESSON = Lesson(...).")
    texts = sections(read_text(folder / "lesson.md"))
    wanted = [step.id for step in lesson.steps]
    if sorted(texts) != sorted(wanted):
        raise ProblemError(
            f"{folder.name}: lesson.md has text for {', '.join(texts) or 'no step'}, lesson.py has the steps "
            f"{', '.join(wanted) or 'none'}. Give each step one '## step-id', and each heading one step."
        )
    return replace(
        lesson,
        folder=folder,
        steps=tuple(_with_text(step, texts[step.id]) for step in lesson.steps),
        exercises=tuple(load_exercise(each, folder / "exercises" / each.name) for each in lesson.exercises),
    )


def _with_text(step: Step, text: str) -> Step:
    """Give a step its prose: what is above a line `---` first, what is below after its questions."""
    before, after = split_at_line(text)
    return replace(step, text=before, after=after)


def load_module(path: Path) -> ModuleType:
    """Run a lesson's Python file as a module of its own, without touching the search path.

    Raises:
        ProblemError: when it is missing or cannot be run.
    """
    source = read_text(path)
    module = ModuleType(re.sub(r"\W", "_", "_".join(path.with_suffix("").parts[-4:])))
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # no bytecode is left beside the lesson
    except (SyntaxError, ImportError, NameError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise ProblemError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    return module
