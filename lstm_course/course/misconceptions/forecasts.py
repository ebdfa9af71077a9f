"""Misconceptions about forecasts: with and without a network, many steps ahead, past the end."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception

LINEAR = ("linear-weights",)
OWN = ("own-forecasts",)
PAST = ("past-the-end",)


def _labels(case: Case) -> int:
    return case.prediction.exp.horizon * len(case.prediction.facts.targets)


def _last_with_label(case: Case) -> Given:
    return case.number - case.prediction.exp.horizon


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
)  # fmt: skip
