"""`lstm-course run`: open the course."""

from __future__ import annotations

import subprocess
import sys

import click

from lstm_course.problems import ProblemError
from lstm_course.resources import content_dir


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to listen on; default: the first free one from 8501."
)
@click.option("--address", default="localhost", show_default=True, help="Address to listen on.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
def run(port: int | None, address: str, headless: bool) -> None:
    """Open the course in a browser; it listens on this machine only unless told otherwise."""
    if address not in ("localhost", "127.0.0.1", "::1"):
        click.secho(
            f"Listening on {address}: others may open this course and run code in it.", fg="yellow", err=True
        )
    lessons = content_dir("lessons")
    if not (lessons / "streamlit_app.py").is_file():
        raise ProblemError(f"The lessons are not where they should be: {lessons}. Install lstm-course again.")
    flags = [f"--server.address={address}", "--browser.gatherUsageStats=false"]
    flags += [f"--server.port={port}"] if port else []
    flags += ["--server.headless=true"] if headless else []
    raise SystemExit(subprocess.call([sys.executable, "-m", "streamlit", "run", str(lessons), *flags]))
