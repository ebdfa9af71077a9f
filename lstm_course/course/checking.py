"""Exercises in a folder of the learner's own, checked from the terminal on the same files as in the app."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from lstm_course import jobs
from lstm_course.course.exercise import Exercise, read_text
from lstm_course.course.grading import Message, Verdict, is_unchanged, submit_check, verdict_of
from lstm_course.course.grading.grade import NOT_ATTEMPTED
from lstm_course.course.lesson import Lesson
from lstm_course.course.loading import find_lesson, load_lessons
from lstm_course.problems import ProblemError

FOLDER = "lstm-course-exercises"
WORKDIR = "LSTM_COURSE_EXERCISES"
POLL_SECONDS = 0.4


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one exercise in the learner's folder."""

    lesson: str  # slug of the lesson
    exercise: str  # name of the exercise
    title: str  # its title
    path: Path  # the learner's file
    verdict: Verdict  # what came out


def default_workdir() -> Path:
    """Return the learner's folder: LSTM_COURSE_EXERCISES, else one in the current folder, else in the documents."""
    chosen = os.environ.get(WORKDIR)
    if chosen:
        return Path(chosen)
    here = Path.cwd() / FOLDER
    return here if here.is_dir() else platformdirs.user_documents_path() / FOLDER


def exercise_path(workdir: Path, lesson: Lesson, exercise: Exercise) -> Path:
    """Return where an exercise lies in the learner's folder: 02_windows/complete_the_count.py."""
    folder = lesson.folder.name if lesson.folder else f"{lesson.number:02}_{lesson.slug.replace('-', '_')}"
    return workdir / folder / f"{exercise.name}.py"


def copy_exercises(workdir: Path, lessons: Sequence[Lesson] | None = None) -> tuple[Path, ...]:
    """Write the starters into the learner's folder; a file that is there stays as it is.

    Args:
        workdir: the folder, made where there is none.
        lessons: which lessons; None: all.

    Returns:
        The files that were written.

    Raises:
        ProblemError: when the folder cannot be written, or lies inside the installed package.
    """
    _refuse_package(workdir)
    written = []
    for lesson, exercise in _all_exercises(lessons):
        path = exercise_path(workdir, lesson, exercise)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "x", encoding="utf-8") as file:
                file.write(_header(lesson, exercise) + exercise.starter)
            written.append(path)
        except FileExistsError:
            continue
        except OSError as error:
            raise ProblemError(f"{path} cannot be written: {error}. Choose another folder.") from error
    return tuple(written)


def reset_exercise(workdir: Path, lesson: Lesson, exercise: Exercise) -> Path | None:
    """Write the starter again; what was there is kept beside it under another name, which is returned."""
    path = exercise_path(workdir, lesson, exercise)
    kept = None
    if path.exists():
        kept = path.with_name(f"{path.stem}.before-reset-{time.strftime('%Y%m%d-%H%M%S')}.txt")
        path.replace(kept)
    copy_exercises(workdir, (lesson,))
    return kept


def check_all(workdir: Path, on_result: Callable[[CheckResult], None] | None = None) -> list[CheckResult]:
    """Check every exercise in the learner's folder, in the order of the course.

    Args:
        workdir: the learner's folder.
        on_result: told of each result as it comes.
    """
    return _check(workdir, tuple(_all_exercises(None)), on_result)


def check_lesson(
    workdir: Path, slug: str, on_result: Callable[[CheckResult], None] | None = None
) -> list[CheckResult]:
    """Check the exercises of one lesson, named by its slug or number.

    Raises:
        ProblemError: when there is no such lesson.
    """
    return _check(workdir, tuple(_all_exercises((find_lesson(slug),))), on_result)


def check_exercise(workdir: Path, slug: str, name: str) -> CheckResult:
    """Check one exercise.

    Raises:
        ProblemError: when there is no such lesson or exercise.
    """
    lesson, exercise = find_exercise(slug, name)
    return _check(workdir, ((lesson, exercise),), None)[0]


def find_exercise(slug: str, name: str) -> tuple[Lesson, Exercise]:
    """Return an exercise by its lesson's slug or number and its own name.

    Raises:
        ProblemError: when there is none.
    """
    lesson = find_lesson(slug)
    try:
        return lesson, lesson.exercise(name)
    except KeyError as error:
        raise ProblemError(str(error.args[0])) from error


def watch(
    workdir: Path,
    on_result: Callable[[CheckResult], None],
    stop: Callable[[], bool] = lambda: False,
    lessons: Sequence[Lesson] | None = None,
) -> None:
    """Check each exercise whenever its file is saved, until `stop` says so.

    Args:
        workdir: the learner's folder.
        on_result: told of each result.
        stop: asked between two looks at the files.
        lessons: which lessons; None: all.
    """
    exercises = tuple(_all_exercises(lessons))
    seen = {path: stamp for _, _, path, stamp in _stamps(workdir, exercises)}
    while not stop():
        time.sleep(POLL_SECONDS)
        for lesson, exercise, path, stamp in _stamps(workdir, exercises):
            if stamp is not None and seen.get(path) != stamp:
                _check(workdir, ((lesson, exercise),), on_result)
            seen[path] = stamp


def _stamps(
    workdir: Path, exercises: Sequence[tuple[Lesson, Exercise]]
) -> Iterator[tuple[Lesson, Exercise, Path, tuple[int, int] | None]]:
    for lesson, exercise in exercises:
        path = exercise_path(workdir, lesson, exercise)
        try:
            found = path.stat()
            yield lesson, exercise, path, (found.st_mtime_ns, found.st_size)
        except OSError:
            yield lesson, exercise, path, None


def _check(
    workdir: Path,
    exercises: Sequence[tuple[Lesson, Exercise]],
    on_result: Callable[[CheckResult], None] | None,
) -> list[CheckResult]:
    results = []
    for lesson, exercise in exercises:
        path = exercise_path(workdir, lesson, exercise)
        verdict = _verdict(path, exercise)
        results.append(CheckResult(lesson.slug, exercise.name, exercise.title, path, verdict))
        if on_result:
            on_result(results[-1])
    return results


def _verdict(path: Path, exercise: Exercise) -> Verdict:
    if not path.exists():
        return Verdict("not attempted", NOT_ATTEMPTED)
    try:
        code = read_text(path)
    except ProblemError as error:
        return Verdict("could not be checked", Message("unreadable-file", str(error)))
    if is_unchanged(code, exercise.starter):
        return Verdict("not attempted", NOT_ATTEMPTED)  # known without starting a process
    return verdict_of(submit_check(exercise, code))


def warm_up() -> None:
    """Begin to start what checks need, so that the first one does not wait."""
    jobs.warm_up()


def _all_exercises(lessons: Sequence[Lesson] | None) -> Iterator[tuple[Lesson, Exercise]]:
    for lesson in lessons if lessons is not None else load_lessons():
        for exercise in lesson.exercises:
            yield lesson, exercise


def _header(lesson: Lesson, exercise: Exercise) -> str:
    lines = [
        f"# {line}".rstrip() for line in (f"Lesson {lesson.number}, {lesson.title}: {exercise.title}", "")
    ]
    task = [f"# {line}".rstrip() for line in exercise.prompt.strip().splitlines()]
    how = f"# Check it with: lstm-course check {lesson.slug} {exercise.name}"
    return "\n".join([*lines, *task, "#", how, "", ""])


def _refuse_package(workdir: Path) -> None:
    package = Path(__file__).resolve().parents[1]
    if package in (workdir.resolve(), *workdir.resolve().parents):
        raise ProblemError(f"{workdir} lies inside the installed package. Choose a folder of your own.")
