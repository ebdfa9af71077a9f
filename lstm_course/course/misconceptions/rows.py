"""Misconceptions about the table of rows, before any window is cut."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.shapes.tensor import FEATURES

SHAPE = ("shape",)


def _time_as_column(case: Case) -> Given | None:
    if case.quantity.stage != "raw-data" or case.prediction.facts.is_sequences:
        return None
    return case.with_axis(FEATURES, case.prediction.facts.num_columns + 1)


ROW_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "time-counted-as-column", "the time stamp is a column of the array", SHAPE, _time_as_column,
        "One column too many: the time stamp is the index of the table. It orders the rows and does not go "
        "in, so {right}.",
    ),
)  # fmt: skip
