from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def parts(rows, num_train, seen):
    low, high = seen.min(axis=0), seen.max(axis=0)
    scaled = (rows - low) / (high - low)
    return scaled[:num_train], scaled[num_train:], low, high


def weather(num_rows, seed):
    """Temperature, wind and pressure that grow, so that the last rows lie above all others."""
    random = np.random.default_rng(seed)
    growth = np.linspace(0, 1, num_rows)[:, None]
    rows = random.normal(size=(num_rows, 3)) + 6 * growth
    return (rows * [9.0, 4.0, 6.0] + [55.0, 9.5, 1017.0]).round(2)


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, num_train in ((30, 20), (64, 50)):
        rows = weather(num_rows, num_rows)
        yield from _prepared(attempt, rows, num_train)
    for column, seed in ((2, 5), (1, 6), (0, 7)):
        rows = weather(40, seed)
        yield from _back(attempt, rows.min(axis=0), rows.max(axis=0), column)


def _prepared(attempt, rows, num_train):
    train = rows[:num_train]
    later = rows[num_train:]
    right = parts(rows, num_train, train)
    apart = (right[0], (later - later.min(axis=0)) / (later.max(axis=0) - later.min(axis=0)), *right[2:])
    mistakes = (
        Mistake(
            "scaler-saw-test", parts(rows, num_train, rows),
            f"`low` and `high` come from all {len(rows)} rows. The last {len(rows) - num_train} lie above "
            "the others, and "
            "the training rows are scaled as if that were known. Split first, then take the figures.",
        ),
        Mistake(
            "other-figures-returned", (*parts(rows, num_train, rows)[:2], *right[2:]),
            "The figures that you return are right, but the rows were scaled with others: with those of all rows. "
            "Scale with what you return.",
        ),
        Mistake(
            "clipped", (right[0], right[1].clip(0, 1), *right[2:]),
            "Scaled values above 1 were cut off. They may be above 1: the rows really lie above all training rows.",
        ),
        Mistake(
            "parts-apart", apart,
            "The later rows were scaled with figures of their own. They have to be scaled with those of the training "
            "rows; else the same temperature is a different number in each part.",
        ),
        Mistake(
            "figures-of-all-columns", parts(rows, num_train, np.repeat(train.reshape(-1, 1), rows.shape[1], axis=1)),
            "There is one smallest and one largest value for all columns together. Each column needs its "
            "own: `axis=0`.",
        ),
    )  # fmt: skip
    given = attempt.call("prepare", rows, num_train)
    what = f"prepare(rows of shape {rows.shape}, num_train={num_train})"
    yield from attempt.expect(given, right, what=what, axes=("rows", "features"), mistakes=mistakes)


def _back(attempt, low, high, column):
    forecast = np.random.default_rng(column).uniform(0.2, 1.3, size=(4, 1)).round(3)
    right = forecast * (high[column] - low[column]) + low[column]
    every = forecast * (high - low) + low
    other = 0 if column else len(low) - 1
    mistakes = (
        Mistake(
            "every-column", every,
            f"The forecast has the shape {forecast.shape}, the result {every.shape}: NumPy has stretched it over all "
            f"{len(low)} columns and said nothing. One column was forecast; use its figures only.",
        ),
        Mistake(
            "other-column", forecast * (high[other] - low[other]) + low[other],
            f"These are the figures of column {other}. The forecast is one of column {column}; the argument `column` "
            "says so.",
        ),
        Mistake(
            "last-column", forecast * (high[-1] - low[-1]) + low[-1],
            f"These are the figures of the last column. The forecast is one of column {column}.",
        ),
        Mistake(
            "offset-forgotten", forecast * (high[column] - low[column]),
            "The offset is missing: on the way in `low` was subtracted, so on the way back it is added.",
        ),
        Mistake(
            "order-reversed", (forecast + low[column]) * (high[column] - low[column]),
            "On the way in the offset was subtracted first and the division came last. The way back undoes the last "
            "thing first.",
        ),
        Mistake("no-samples-axis", right[:, 0], "The result has lost its last axis; keep the shape (samples, 1)."),
    )  # fmt: skip
    given = attempt.call("to_units", forecast, low, high, column)
    what = f"to_units(forecast of shape {forecast.shape}, low, high, column={column})"
    yield from attempt.expect(given, right, what=what, axes=("samples", "targets"), mistakes=mistakes)
