"""The commands of `lstm-course`."""

from __future__ import annotations

import sys

import click

from lstm_course import __version__
from lstm_course.cli.course import check, new_lesson
from lstm_course.cli.data import datasets
from lstm_course.cli.diagrams import diagram
from lstm_course.cli.doctor import doctor
from lstm_course.cli.run import run
from lstm_course.cli.shapes import shapes
from lstm_course.cli.train import train
from lstm_course.problems import ProblemError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lstm-course")
def commands() -> None:
    """Keras recurrent networks explained by one diagram, read from bottom to top."""


for command in (run, datasets, shapes, train, diagram, doctor, check, new_lesson):
    commands.add_command(command)


def main() -> None:
    """Run the command line; a problem of the user's becomes a sentence, not a traceback."""
    try:
        commands(standalone_mode=False)
    except ProblemError as problem:
        click.secho(f"lstm-course: {problem}", err=True, fg="red")
        sys.exit(2)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        sys.exit(130)
    except OSError as problem:
        click.secho(f"lstm-course: {problem}", err=True, fg="red")
        sys.exit(1)
