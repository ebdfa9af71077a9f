"""Errors of forecasts as the columns of a table, the same wherever a table of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import isnan

import pandas as pd

from lstm_course.data.split import PART_NAMES
from lstm_course.experiment import Experiment
from lstm_course.view.tables import row, table


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


def table_in_html(frame: pd.DataFrame) -> str:
    """Write a small table of figures as HTML: a narrow page shows it whole, and a screen reader reads it.

    Args:
        frame: names in its first column, numbers or None in the others.

    >>> print(table_in_html(pd.DataFrame({"forecast": ["mean"], "rmse": [51.9443]})).partition("<tbody>")[2])
    <tr><th scope="row">mean</th><td>51.94</td></tr></tbody></table></div>
    """
    figures = frame.iloc[:, 1:].astype(float).itertuples(index=False)
    titles = (escape(str(title)) for title in frame.iloc[:, 0])
    rows = (row(title, map(_written, each)) for title, each in zip(titles, figures, strict=True))
    return f'<div class="lc-wide">{table("lc-figures", map(str, frame.columns), rows)}</div>'


def _written(figure: float) -> str:
    """Write four digits of a figure, and all that stand before the point.

    >>> _written(12345.6), _written(0.012345), _written(float("nan"))
    ('12,346', '0.01235', '')
    """
    if isnan(figure):
        return ""
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:.4g}"
