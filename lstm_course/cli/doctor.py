"""`lstm-course doctor`: why a script's model does not fit its data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lstm_course.doctor import examine


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
@click.option("--seconds", default=120, show_default=True, help="Time that each script may take.")
def doctor(files: tuple[Path, ...], as_json: bool, seconds: int) -> None:
    """Run each Keras script apart, untouched, and say where its shapes part and what to type instead.

    The scripts are run: do this only with code that you would run yourself.
    """
    reports = [examine(path, seconds=seconds) for path in files]
    if as_json:
        click.echo(json.dumps([report.to_dict() for report in reports], indent=2))
    else:
        for report in reports:
            click.echo(report.to_text())
    if any(
        finding.severity in ("error", "wrong-result") for report in reports for finding in report.findings
    ):
        raise SystemExit(1)
