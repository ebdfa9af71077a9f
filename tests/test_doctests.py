from __future__ import annotations

import ast
import doctest
import importlib
import warnings
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lstm_course"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples() -> list[tuple[str, bool]]:
    """Name each module whose docstrings hold an example, and say whether one of them needs Keras."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if any(">>> " in line and "+SKIP" not in line for line in text.splitlines()):
            dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            needs_keras = "keras_bridge" in path.parts or _imports_keras(text)
            found.append((dotted.removesuffix(".__init__"), needs_keras))
    return found


def _imports_keras(text: str) -> bool:
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return bool(names & {"keras", "tensorflow"}) or "keras_bridge" in text.split(">>> ", 1)[-1]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.keras] * keras, id=name) for name, keras in examples()]
)
def test_the_examples_of_a_module_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # importing Keras warns of things that are no fault of ours
        module = importlib.import_module(name)
    monkeypatch.chdir(tmp_path)  # an example that saves a file leaves it there
    result = doctest.testmod(module, optionflags=FLAGS)
    assert result.failed == 0, capsys.readouterr().out
    assert result.attempted > 0


def test_there_are_examples_in_every_room() -> None:
    rooms = {name.split(".")[1] for name, _ in examples()}
    assert {
        "cells",
        "codec",
        "data",
        "evaluate",
        "experiment",
        "keras_bridge",
        "layers",
        "shapes",
        "terms",
    } <= rooms
