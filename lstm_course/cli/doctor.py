"""`lstm-course doctor`: why a script's model does not fit its data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lstm_course.doctor import Report, examine
from lstm_course.problems import ProblemError


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the model with its findings: .svg or .png.",
)
@click.option("--seconds", default=120, show_default=True, help="Time that each script may take.")
def doctor(files: tuple[Path, ...], as_json: bool, out: Path | None, seconds: int) -> None:
    """Run each Keras script apart, untouched, and say where its shapes part and what to type instead.

    The scripts are run: do this only with code that you would run yourself.
    """
    reports = [examine(path, seconds=seconds) for path in files]
    if out:
        _draw(reports, out)
    if as_json:
        click.echo(json.dumps([report.to_dict() for report in reports], indent=2))
    else:
        for report in reports:
            click.echo(report.to_text())
    if any(
        finding.severity in ("error", "wrong-result") for report in reports for finding in report.findings
    ):
        raise SystemExit(1)


def _draw(reports: list[Report], out: Path) -> None:
    """Save the picture of one report, or one for each beside the others."""
    for number, report in enumerate(reports, start=1):
        drawn = report.picture()
        if drawn is None:
            raise ProblemError(f"{report.file}: no model was built, so there is nothing to draw.")
        drawn.save(out if len(reports) == 1 else out.with_stem(f"{out.stem}-{number}"))
