from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def baselines(rows, first_test, season):
    truth, last = rows[first_test:], rows[first_test - 1 : -1]
    return {
        "persistence": rmse(truth, last),
        "seasonal naive": rmse(truth, rows[first_test - season : -season]),
        "drift": rmse(truth, last + (last - rows[0]) / np.arange(first_test - 1, len(rows) - 1)),
    }


def one_origin(rows, first_test, season):
    """What comes out when nothing after the training rows is known."""
    truth, last = rows[first_test:], rows[first_test - 1]
    ahead = np.arange(1, len(truth) + 1)
    return {
        "persistence": rmse(truth, last),
        "seasonal naive": rmse(truth, np.resize(rows[first_test - season : first_test], len(truth))),
        "drift": rmse(truth, last + ahead * (last - rows[0]) / (first_test - 1)),
    }


def mistakes_of(rows, first_test, season):
    right, frozen = baselines(rows, first_test, season), one_origin(rows, first_test, season)
    truth, last = rows[first_test:], rows[first_test - 1 : -1]
    known = np.arange(first_test - 1, len(rows) - 1)
    whole_slope = (rows[-1] - rows[0]) / (len(rows) - 1)
    training_slope = (rows[first_test - 1] - rows[0]) / (first_test - 1)
    yield Mistake(
        "one-origin", frozen,
        "All three forecasts know nothing behind the training rows: they go many rows ahead from one place. Here each "
        "row is forecast one row ahead, so the row just before it is known, also when it is a test row.",
    )  # fmt: skip
    yield Mistake(
        "frozen-persistence", right | {"persistence": frozen["persistence"]},
        "Persistence says the same for all test rows: the last training row. One row ahead means that the row before "
        "is known each time. A weak baseline flatters the network.",
    )  # fmt: skip
    yield Mistake(
        "frozen-season", right | {"seasonal naive": frozen["seasonal naive"]},
        "Seasonal naive repeats the last season of the training rows over and over. One row ahead, the row `season` "
        "rows before is known each time, also when it is a test row.",
    )  # fmt: skip
    yield Mistake(
        "label-itself", right | {"persistence": 0.0},
        "Persistence has an error of 0: it was given the very row that it is to forecast. It may use the row before.",
    )  # fmt: skip
    yield Mistake(
        "training-rows-too", baselines(rows, max(season, 2), season),
        "The training rows are scored too. The test rows alone say what a forecast is worth, and only on the same rows "
        "can it be compared with a network.",
    )  # fmt: skip
    if first_test > season:
        yield Mistake(
            "season-off-by-one",
            right | {"seasonal naive": rmse(truth, rows[first_test - season - 1 : -season - 1])},
            "Seasonal naive repeats the row `season + 1` rows before. Saturday would be forecast from a Friday.",
        )
    yield Mistake(
        "drift-divisor", right | {"drift": rmse(truth, last + (last - rows[0]) / (known + 1))},
        "The slope of drift is divided by the number of rows that are known. Between n rows there are n − 1 steps: "
        "with rows 0 and 1 known, the line rises by their difference for each row.",
    )  # fmt: skip
    yield Mistake(
        "drift-divisor", right | {"drift": rmse(truth, last + (last - rows[0]) / len(rows))},
        "The slope of drift is divided by the number of all rows. It rises from row 0 to the row before the one that "
        "is forecast: how many steps are that, for each?",
    )  # fmt: skip
    yield Mistake(
        "drift-from-the-end", right | {"drift": rmse(truth, last + whole_slope)},
        "The slope of drift is taken from the last row of all, which nobody knows when the forecast is due. Take it "
        "from row 0 to the row before the one that is forecast, anew for each.",
    )  # fmt: skip
    yield Mistake(
        "drift-frozen", right | {"drift": rmse(truth, last + training_slope)},
        "The slope of drift stops at the last training row. Each test row has a row before it, and the line goes to "
        "that one.",
    )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, first_test, season in ((30, 16, 7), (50, 20, 12), (12, 5, 4), (90, 60, 7)):
        random = np.random.default_rng(num_rows)
        wave = 900 * np.sin(2 * np.pi * np.arange(num_rows) / season)
        rows = (11_000 + wave + 25 * np.arange(num_rows) + random.normal(0, 300, num_rows)).round()
        given = attempt.call("baselines", rows, first_test, season)
        yield from attempt.expect(
            given,
            baselines(rows, first_test, season),
            what=f"baselines({num_rows} rows, first_test={first_test}, season={season})",
            mistakes=tuple(mistakes_of(rows, first_test, season)),
        )
