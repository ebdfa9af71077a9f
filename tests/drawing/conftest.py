"""Diagrams for the tests of the room."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from lstm_course.drawing import Diagram, diagram
from lstm_course.experiment import Experiment
from lstm_course.shapes import predict


def _helpers() -> ModuleType:
    path = Path(__file__).with_name("random_experiments.py")
    spec = importlib.util.spec_from_file_location("random_experiments", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def random_diagram() -> Callable[[int], Diagram]:
    """Give the function that draws a random experiment for a seed."""
    return _helpers().random_diagram


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Diagram]:
    """Give the function that draws an experiment with random weights."""
    random_weights = _helpers().random_weights

    def draw(exp: Experiment | None = None, **changes: object) -> Diagram:
        prediction = predict(exp or Experiment())
        weights = random_weights(prediction) if prediction.layers else None
        return diagram(prediction.exp, prediction=prediction, **{"weights": weights, **changes})  # type: ignore[arg-type]

    return draw
