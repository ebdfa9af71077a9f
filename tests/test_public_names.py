from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import lstm_course

ROOT = Path(__file__).parent.parent
HEAVY = ("keras", "tensorflow", "streamlit", "altair")
NEED_KERAS = {"observe_stages", "train"}
ROOMS_WITHOUT_KERAS = (
    "terms", "problems", "resources", "layers", "experiment", "codec", "data", "shapes", "cells", "evaluate",
    "published", "drawing", "export", "jobs", "course", "authoring", "cli",
)  # fmt: skip


def modules_of(room: str) -> list[str]:
    """Name a room's modules without importing any."""
    path = ROOT / "lstm_course" / room
    found = [f"lstm_course.{room}"]
    if path.is_dir():
        found += [module.name for module in pkgutil.walk_packages([str(path)], f"lstm_course.{room}.")]
        for name in path.rglob("*.py"):
            dotted = ".".join(name.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found += [dotted] if dotted not in found else []
    return found


def loaded_after(*modules: str) -> set[str]:
    """Import modules in a fresh Python and say which heavy packages came with them."""
    program = f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
    program += f"print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_names_are_sorted_and_listed_for_editors() -> None:
    assert lstm_course.__all__ == sorted(lstm_course.__all__)
    assert dir(lstm_course) == lstm_course.__all__


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.keras] * (name in NEED_KERAS)) for name in lstm_course.__all__],
)
def test_each_name_is_there_and_explained(name: str) -> None:
    value = getattr(lstm_course, name)
    if not isinstance(value, dict | type(lstm_course.TERMS)):
        assert inspect.getdoc(value)
        assert callable(value)


def test_no_public_name_is_hidden_by_a_room_of_that_name() -> None:
    rooms = {path.stem for path in (ROOT / "lstm_course").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert rooms.isdisjoint(lstm_course.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'lstm_course' has no attribute 'lstm'$"):
        _ = lstm_course.lstm


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert lstm_course.__version__ == project["version"]


def test_importing_the_package_stays_light() -> None:
    assert loaded_after("lstm_course") == set()


@pytest.mark.parametrize("room", ROOMS_WITHOUT_KERAS)
def test_a_room_below_the_view_brings_in_nothing_heavy(room: str) -> None:
    assert loaded_after(*modules_of(room)) == set()


def test_the_process_that_serves_the_pages_never_imports_tensorflow() -> None:
    assert not loaded_after(*modules_of("view")) & {"keras", "tensorflow"}
