from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOP = {
    "lessons", "lstm_course", "datasets", "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md",
}  # fmt: skip
MODULES = sorted((ROOT / "lstm_course").rglob("*.py"))
MOST_LINES = 400


def tracked() -> list[Path]:
    """The files of the repository, also those not yet committed; in an unpacked archive, all files."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    found = [ROOT / name for name in names if name] or list(ROOT.rglob("*"))
    return [path for path in found if path.is_file()]


def test_the_top_level_is_short() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_tells_one_story(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "say in one line at the top what the module is for"
    assert text.count("\n") <= MOST_LINES, "it tells more than one story: split it"


def test_lessons_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "lessons").glob("[0-9]*_*") if path.is_dir())
    assert names, "there is no lesson"
    assert [name.split("_")[0] for name in names] == [f"{number:02}" for number in range(len(names))]
    assert all(re.fullmatch(r"\d\d_[a-z0-9]+([_-][a-z0-9]+)*", name) for name in names)
