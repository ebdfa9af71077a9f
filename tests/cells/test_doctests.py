from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import lstm_course.cells

MODULES = [
    "lstm_course.shapes.weights",
    *(f"lstm_course.cells.{module.name}" for module in pkgutil.iter_modules(lstm_course.cells.__path__)),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_public_functions_have_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = {
        test.name for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples
    }
    assert len(examples) >= 20
