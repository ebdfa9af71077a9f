"""Misconceptions about forecasts: with and without a network, many steps ahead, past the end."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception

LINEAR = ("linear-weights",)
OWN = ("own-forecasts",)
PAST = ("past-the-end",)
DRIFT = ("drift",)
SHIFT = ("shift-of-a-copy",)
SEASON = ("seasons-back",)
FOLD = ("first-fold",)


def _labels(case: Case) -> int:
    return case.prediction.exp.horizon * len(case.prediction.facts.targets)


def _last_with_label(case: Case) -> Given:
    return case.number - case.prediction.exp.horizon


def _slope(case: Case) -> int:
    return (case.figures["last"] - case.figures["first"]) // case.figures["row"]


def _whole_calls(case: Case) -> Given:
    return case.figures["calls"]


def _without_folds(case: Case, num_folds: int) -> Given:
    return case.prediction.facts.num_rows - num_folds * case.figures["fold_rows"]


FORECAST_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "intercept-forgotten", "a linear model has no intercept", LINEAR, lambda case: case.number - _labels(case),
        "The weights are right, but each label has an intercept besides: {right}.",
    ),
    Misconception(
        "one-label-only", "all labels share their weights", LINEAR, lambda case: case.number // _labels(case),
        "That is one label. Each of them has weights and an intercept of its own: {right}.",
    ),
    Misconception(
        "network-for-linear", "the linear model is as large as the network", LINEAR,
        lambda case: case.prediction.parameters,
        "{parameters} are the parameters of the network. The linear model has one weight for each number of the "
        "window, and an intercept: {right}.",
    ),
    Misconception(
        "forecast-of-this-call", "the window holds the forecast that is being made", OWN,
        lambda case: case.number + 1,
        "One too many: the forecast of the last call is made from the window, and is not in it. {right}.",
    ),
    Misconception(
        "all-calls-in-the-window", "the window holds a forecast for each call", OWN, _whole_calls,
        "There are {given} calls in all, but the last one's forecast is not in its own window, and the window holds "
        "no more than {timesteps_text}: {right}.",
    ),
    Misconception(
        "one-own-forecast", "only the newest row is a forecast", OWN, lambda case: 1,
        "Each call brings one more into the window, and they stay until they leave at the other end: {right}.",
    ),
    Misconception(
        "last-window-with-label", "the last window still has its label", PAST, _last_with_label,
        "That is the last window with a label behind it. A row that is not there yet needs no room: {right}.",
    ),
    Misconception(
        "end-not-counted-from-zero", "the last row has the number of rows", PAST, lambda case: case.number + 1,
        "Counted from 0, the last row is one less than {num_rows}. A window that begins at {given} has only "
        "{timesteps} − 1 rows left: {right}.",
    ),
    Misconception(
        "last-row-for-window", "the window begins at the last row", PAST,
        lambda case: case.prediction.facts.num_rows - 1,
        "The window ends with that row. It begins so far before it that {timesteps} rows fit: {right}.",
    ),
    Misconception(
        "drift-for-persistence", "drift repeats the last value", DRIFT, lambda case: case.figures["last"],
        "{given} is what persistence says. Drift goes on along the line from the first value to the last: {right}.",
    ),
    Misconception(
        "drift-by-one-row", "drift goes one row further", DRIFT, lambda case: case.figures["last"] + _slope(case),
        "{given} is the forecast for the next row. Here {ahead} rows further on is asked for: {right}.",
    ),
    Misconception(
        "drift-by-the-whole-rise", "the whole rise comes again", DRIFT,
        lambda case: 2 * case.figures["last"] - case.figures["first"],
        "{given} adds the whole rise once more. It took {row} rows; {ahead} rows bring as large a part of it: {right}.",
    ),
    Misconception(
        "drift-from-the-first", "drift starts at the first value", DRIFT,
        lambda case: case.figures["first"] + _slope(case) * case.figures["ahead"],
        "{given} lies {ahead} rows behind the first row. The line is followed on from the last one: {right}.",
    ),
    Misconception(
        "copy-is-in-place", "a copy is where it should be", SHIFT, lambda case: 0,
        "Where it stands, the copy shows the last known value at the place of the next one: it is late by {right} row.",
    ),
    Misconception(
        "copy-late-by-the-window", "a copy is late by the whole window", SHIFT,
        lambda case: case.prediction.exp.timesteps,
        "{given} rows are the window. What is copied is its newest row, which lies {right} row before the label.",
    ),
    Misconception(
        "copy-late-by-two", "a copy is late by the row and the label", SHIFT, lambda case: 2,
        "The row that is copied is the one right before the label: {right}.",
    ),
    Misconception(
        "one-season-back", "the season before is always known", SEASON, lambda case: case.figures["week"],
        "The day {week} rows before it still lies ahead of us, because the forecast reaches {ahead} rows ahead. One "
        "season more: {right}.",
    ),
    Misconception(
        "distance-for-season", "the rule goes back as far as it looks ahead", SEASON,
        lambda case: case.figures["ahead"],
        "{given} rows before it is the last known day, another day of the week. The rule goes back by whole seasons: "
        "{right}.",
    ),
    Misconception(
        "season-before-today", "the season counts from today", SEASON,
        lambda case: case.figures["week"] + case.figures["ahead"],
        "{given} counts the season from today. The day of the week has to be that of the day which is forecast: "
        "whole seasons before it, {right}.",
    ),
    Misconception(
        "season-until-now", "what lies ahead of the season is left out", SEASON,
        lambda case: case.figures["ahead"] - case.figures["week"],
        "{given} rows is how far one season before that day still lies ahead of us. Back to a known one: {right}.",
    ),
    Misconception(
        "last-fold-for-first", "only one fold is kept back", FOLD, lambda case: _without_folds(case, 1),
        "{given} rows train the last fold. Before the first fold all {folds} test parts are still to come: {right}.",
    ),
    Misconception(
        "second-fold-for-first", "the first fold is trained on its own test rows", FOLD,
        lambda case: _without_folds(case, case.figures["folds"] - 1),
        "{given} counts the test rows of the first fold among its training rows: {right}.",
    ),
    Misconception(
        "folds-of-equal-size", "folds cut the rows into equal parts", FOLD,
        lambda case: case.prediction.facts.num_rows // case.figures["folds"],
        "Not equal parts: each fold is tested on {fold_rows} rows and trained on all that lie before them: {right}.",
    ),
    Misconception(
        "all-rows-train", "every row trains", FOLD, lambda case: case.prediction.facts.num_rows,
        "Then nothing would be left to test on. The {folds} test parts come behind the training rows: {right}.",
    ),
)  # fmt: skip
