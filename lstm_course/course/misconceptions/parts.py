"""Misconceptions about the samples of one part, and about the windows that hold one row."""

from __future__ import annotations

from math import ceil

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.data import num_windows

PART = ("part-samples",)
TOUCHED = ("windows-of-a-row",)


def _reaches_back(case: Case) -> bool:
    return case.prediction.exp.border == "reach-back"


def _one_more(case: Case) -> Given:
    return case.number + 1


def _one_less(case: Case) -> Given:
    return case.number - 1


def _inside(case: Case) -> Given | None:
    exp = case.prediction.exp
    if not _reaches_back(case):
        return None
    return num_windows(case.rows, exp.timesteps, exp.horizon, exp.stride)


def _reaching_back(case: Case) -> Given | None:
    exp = case.prediction.exp
    if _reaches_back(case) or case.rows < exp.horizon:
        return None
    return (case.rows - exp.horizon) // exp.stride + 1


def _all_rows_before(case: Case) -> Given | None:
    exp = case.prediction.exp
    return case.rows + exp.timesteps if _reaches_back(case) else None


def _of_training(case: Case) -> Given:
    return case.prediction.facts.part("train").num_samples


def _input_only(case: Case) -> Given:
    return ceil(case.prediction.exp.timesteps / case.prediction.exp.stride)


def _label_only(case: Case) -> Given:
    return ceil(case.prediction.exp.horizon / case.prediction.exp.stride)


def _each_row_begins_one(case: Case) -> Given | None:
    exp = case.prediction.exp
    return exp.timesteps + exp.horizon if exp.stride > 1 else None


PART_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "border-inside-assumed", "no window may begin before its part", PART, _inside,
        "{given} are the samples with border “inside”. With “reach-back” a window may begin in the rows before the "
        "part, and only its label has to lie in it: {right}.",
    ),
    Misconception(
        "border-ignored", "a window may always begin before its part", PART, _reaching_back,
        "{given} would be right with border “reach-back”. With “inside” the window's {timesteps} rows have to lie in "
        "the part as well: {right}.",
    ),
    Misconception(
        "part-rows-for-samples", "each row of a part is a sample", PART, lambda case: case.rows,
        "{given} are the rows of the part. A sample takes the rows of a window and of its label, and moves on by "
        "{stride_text}: {right}.",
    ),
    Misconception(
        "label-of-the-part-forgotten", "a window needs no row behind it", PART, _one_more,
        "One too many: the last window has no row left for its label. {right}.",
    ),
    Misconception(
        "first-window-of-the-part-forgotten", "the moves of a window are the windows", PART, _one_less,
        "One short: the first window is there before any move. {right}.",
    ),
    Misconception(
        "rows-before-added", "reaching back adds the rows before the part", PART, _all_rows_before,
        "{given} counts the rows before the part among the labels. They may stand in a window; each label still lies "
        "in the part: {right}.",
    ),
    Misconception(
        "training-samples-for-the-part", "every part has the samples of the training", PART, _of_training,
        "{given} are the training samples. This part has rows of its own, fewer or more: {right}.",
    ),
    Misconception(
        "row-only-in-windows", "a label takes no row", TOUCHED, _input_only,
        "{given} windows hold the row among their timesteps. The windows whose label it is are spoiled too: {right}.",
    ),
    Misconception(
        "row-in-one-window", "a row belongs to one window", TOUCHED, lambda case: 1,
        "Windows overlap: the row stands in one window after the other, each time at another place, and at last "
        "in a label: {right}.",
    ),
    Misconception(
        "row-only-in-labels", "only the label has to be there", TOUCHED, _label_only,
        "{given} counts the labels that hold the row. It is among the {timesteps} timesteps of windows as well: "
        "{right}.",
    ),
    Misconception(
        "row-with-stride-of-one", "a window begins at every row", TOUCHED, _each_row_begins_one,
        "{given} would be right with a stride of 1. Windows begin {stride} rows apart here: {right}.",
    ),
)  # fmt: skip
