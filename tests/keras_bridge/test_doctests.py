from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import lstm_course.export
import lstm_course.keras_bridge

pytestmark = pytest.mark.keras

MODULES = [
    f"{room.__name__}.{module.name}"
    for room in (lstm_course.keras_bridge, lstm_course.export)
    for module in pkgutil.iter_modules(room.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(importlib.import_module(name), optionflags=flags).failed == 0
