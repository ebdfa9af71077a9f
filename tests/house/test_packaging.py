from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BINARY = {".png", ".gif", ".ico", ".keras", ".h5", ".npz", ".npy", ".woff2", ".gz", ".zip"}
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "conda.anaconda" + ".org")
MACHINE = re.compile("(?<![\\w./-])(/wor" + "k|/roo" + "t|/hom" + "e/\\w+)/" + "|\\.\\./sha" + "red")


def text_files() -> list[Path]:
    """The text files of the repository, also those not yet committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no repository here to list the files of")
    found = [ROOT / name for name in done.stdout.split("\0") if name]
    return [
        path for path in found if path.is_file() and path.suffix not in BINARY and path.name != "data.csv"
    ]


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    wrong = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE.search(line) or any(host in line for host in REGISTRIES):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert wrong == []


def test_the_entry_point_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, function = project["scripts"]["lstm-course"].split(":")
    source = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    assert re.search(rf"\b{function}\b", source)


@pytest.mark.slow
def test_the_wheel_holds_all_that_a_course_needs(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("lessons", "datasets"):
        wanted = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if _ships(path)}
        assert wanted
        assert {f"lstm_course/_content/{path.as_posix()}" for path in wanted} <= names
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "lstm_course").rglob("*") if _ships(path)}
    assert kept <= names
    assert {Path(name).suffix for name in kept} >= {".py", ".js", ".css", ".toml"}
    assert not any(name.startswith(("tests/", "lstm_course/tests")) for name in names)


def _ships(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
