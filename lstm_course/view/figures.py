"""Errors of forecasts as the columns of a table, the same wherever a table of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_course.data.split import PART_NAMES
from lstm_course.experiment import Experiment


def measure_of(exp: Experiment) -> str:
    """Name the error that forecasts of an experiment are judged by."""
    return "accuracy" if exp.is_classification else "rmse"


def error_columns(
    parts: Mapping[str, Mapping[str, float]], measure: str, order: Sequence[str] = PART_NAMES
) -> dict[str, float]:
    """Name the figures of one measure, part by part; with several targets, target by target.

    >>> error_columns({"test": {"rmse x": 1.0, "rmse y": 2.0, "mae x": 0.5}}, "rmse")
    {'rmse x test': 1.0, 'rmse y test': 2.0}
    """
    return {
        f"{name} {part}": value
        for part in order
        for name, value in parts.get(part, {}).items()
        if name == measure or name.startswith(f"{measure} ")
    }
