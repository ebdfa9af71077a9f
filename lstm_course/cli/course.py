"""`lstm-course check` and `lstm-course new-lesson`: exercises in your own editor, lessons of your own."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lstm_course.course import checking
from lstm_course.course.checking import CheckResult
from lstm_course.course.loading import find_lesson
from lstm_course.course.new_lesson import new_lesson as make_lesson

_COLOURS = {"right": "green", "wrong": "red", "could not be checked": "yellow"}


@click.command()
@click.argument("which", nargs=-1, metavar="[LESSON[/EXERCISE]]")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Where your exercise files lie."
)
@click.option("--watch", is_flag=True, help="Check an exercise whenever you save it; Ctrl+C ends.")
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def check(which: tuple[str, ...], folder: Path | None, watch: bool, as_json: bool) -> None:
    """Check your programs: all, those of one lesson, or one exercise.

    The first time, the exercises are written to a folder of your own, where any editor can open them.
    """
    lesson, _, exercise = "/".join(which).partition("/")  # a blank does for the slash
    lessons = (find_lesson(lesson),) if lesson else None
    if exercise:
        checking.find_exercise(lesson, exercise)
    place = folder or checking.default_workdir()
    written = checking.copy_exercises(place, lessons)
    if written and not as_json:
        click.echo(f"Wrote {len(written)} exercises to {place}.")
    checking.warm_up()
    if watch:
        click.echo(f"Watching {place}; save a file to check it, Ctrl+C ends.")
        checking.watch(place, _print, lessons=lessons)
        return
    results = _results(place, lesson, exercise, None if as_json else _print)
    if as_json:
        click.echo(json.dumps([_values(result) for result in results], indent=2))
    if any(result.verdict.kind in ("wrong", "could not be checked") for result in results):
        raise SystemExit(1)


def _results(place: Path, lesson: str, exercise: str, tell: object) -> list[CheckResult]:
    on_result = _print if tell else None
    if exercise:
        found = checking.check_exercise(place, lesson, exercise)
        if on_result:
            on_result(found)
        return [found]
    return checking.check_lesson(place, lesson, on_result) if lesson else checking.check_all(place, on_result)


def _print(result: CheckResult) -> None:
    verdict = result.verdict
    click.secho(f"{verdict.kind:<20}", fg=_COLOURS.get(verdict.kind), bold=True, nl=False)
    click.echo(f" {result.lesson}/{result.exercise}: {result.title}")
    if verdict.message is not None and verdict.kind != "not attempted":
        click.echo(f"  {result.path}\n  {verdict.message.text}")
    if verdict.detail:
        click.echo(verdict.detail)


def _values(result: CheckResult) -> dict[str, object]:
    message = result.verdict.message
    return {
        "lesson": result.lesson, "exercise": result.exercise, "path": str(result.path), "verdict": result.verdict.kind,
        "message": message.text if message else None, "message_id": message.id if message else None,
    }  # fmt: skip


@click.command("new-lesson")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("slug")
@click.argument("title")
def new_lesson(folder: Path, slug: str, title: str) -> None:
    """Make the folder of a new lesson below FOLDER (such as `lessons`), with files that say what to fill in."""
    made = make_lesson(folder, slug, title)
    click.echo(f"Made {made}. Fill in what it says, then run: python -m pytest tests/lessons -k {made.name}")
