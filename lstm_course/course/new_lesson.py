"""Make the folder of a new lesson, with files that say what to fill in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lstm_course.problems import ProblemError

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LAST = 99  # a folder begins with two digits
_KINDS = {"faded": "complete", "free": "write", "debugging": "repair"}

_LESSON = """\
from lstm_course.authoring import Exercise, Experiment, Number, Step, Lesson, num_samples

LESSON = Lesson(
    slug="{slug}",
    number={number},
    title={title_in_code},
    question="FILL IN the one question that the lesson answers?",
    minutes=15,
    datasets=("air_passengers",),
    removes=("FILL IN what a learner wrongly believes before",),
    start=Experiment(dataset="air_passengers", timesteps=12),
    steps=(
        Step(
            id="first",
            title="FILL IN what the step is about",
            focus="windowing",
            controls=("timesteps",),
            views=("windows-on-series",),
            try_this="FILL IN the one thing to do.",
            questions=(
                Number(
                    id="how-many",
                    prompt="FILL IN a question whose answer the learner commits to before seeing it?",
                    answer=num_samples(),
                    explanation="FILL IN why it is {{right}}.",
                ),
            ),
        ),
        Step(id="second", title="FILL IN", focus="windowing", try_this="FILL IN."),
        Step(id="code", title="The code so far", views=("code-so-far",), try_this="Copy it and run it elsewhere."),
    ),
    recall_questions=(),  # FILL IN three questions that later lessons ask
    exercises=(
        Exercise(name="complete", title="FILL IN", kind="faded"),
        Exercise(name="write", title="FILL IN", kind="free"),
        Exercise(name="repair", title="FILL IN", kind="debugging"),
    ),
    sources=("FILL IN what the claims rest on",),
    summary="FILL IN two or three sentences to keep.",
)
"""

_PROSE = """\
# {title}

## first
FILL IN at most 120 words, in the learner's numbers: {{num_rows}} rows give {{num_windows}} samples of
[{{timesteps}} timesteps]{{timesteps}}.

## second
FILL IN.

## code
FILL IN what the program below does.
"""

_EXERCISE = {
    "prompt.md": "FILL IN the task: the function to write, its arguments, what it returns, one example.\n",
    "starter.py": "def answer(rows):\n    return ____  # FILL IN what a learner begins with\n",
    "solution.py": "def answer(rows):\n    return len(rows)  # FILL IN a program that is right\n",
    "explanation.md": "FILL IN why it works.\n\n## Another way\nFILL IN a second program that is right.\n",
    "hints.md": "## A nudge\nFILL IN.\n\n## Nearly there\nFILL IN.\n",
    "check.py": """\
from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message, Mistake


def check(attempt: Attempt) -> Iterator[Message]:
    for rows in ([1, 2, 3], [4, 5, 6, 7]):  # FILL IN data that the starter never shows
        expected = len(rows)
        mistakes = (Mistake("off-by-one", expected - 1, "FILL IN what to tell somebody with this mistake."),)
        given = attempt.call("answer", rows)
        yield from attempt.expect(given, expected, what=f"answer({rows})", mistakes=mistakes)
""",
    "wrong_off_by_one.py": "# earns: off-by-one\ndef answer(rows):\n    return len(rows) - 1\n",
}


def new_lesson(path: Path, slug: str, title: str) -> Path:
    """Make the folder of a lesson that says what to fill in; the audit says what is still missing.

    Args:
        path: folder that holds the lessons; the new one gets the next number.
        slug: name in links: small letters, digits and hyphens, a letter first.
        title: its name for a reader.

    Returns:
        The new folder.

    Raises:
        ProblemError: when slug or title is none, the slug is taken, no number is left, or the folder cannot be made.
    """
    title = " ".join(title.split())
    _refuse_name(slug, title)
    taken = {each.name[3:]: int(each.name[:2]) for each in path.glob("[0-9][0-9]_*")}
    if slug.replace("-", "_") in taken:
        raise ProblemError(f"There is a lesson {slug!r} in {path} already; choose another slug.")
    number = max(taken.values(), default=-1) + 1
    if number > _LAST:
        raise ProblemError(
            f"{path} has a lesson {_LAST}, and no number follows it; rename that folder first."
        )
    folder = path / f"{number:02}_{slug.replace('-', '_')}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise ProblemError(f"{folder} cannot be made: {error}. Choose another folder.") from error
    in_code = json.dumps(title, ensure_ascii=False)  # its quotes and backslashes escaped as Python reads them
    words = {"slug": slug, "number": number, "title": title, "title_in_code": in_code}
    (folder / "lesson.py").write_text(_LESSON.format(**words), encoding="utf-8")
    (folder / "lesson.md").write_text(_PROSE.format(**words), encoding="utf-8")
    for name in _KINDS.values():
        exercise = folder / "exercises" / name
        exercise.mkdir(parents=True)
        for file, text in _EXERCISE.items():
            (exercise / file).write_text(text, encoding="utf-8")
    return folder


def _refuse_name(slug: str, title: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise ProblemError(
            f"slug={slug!r}: expected small letters, digits and hyphens, a letter first, such as 'inside-a-cell'."
        )
    if not title:
        raise ProblemError(
            "The title is empty: give the lesson a name for its readers, such as 'Inside a cell'."
        )
