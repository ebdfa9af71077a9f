from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CODE = ("lstm_course", "lessons", "tests")


def run(*command: str) -> None:
    """Run a checker; where it complains, its own words are the failure."""
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command[2:])}\n{done.stdout}{done.stderr}", pytrace=False)


def test_ruff_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", *CODE)


def test_the_code_is_formatted() -> None:
    run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", *CODE)


def test_the_types_hold() -> None:
    run(sys.executable, "-m", "mypy", "--no-color-output")


def test_imports_go_downward_only() -> None:
    run(
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    )
