from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

EXAMPLE = np.array([[0.0, 5.0], [2.0, 7.0], [4.0, 30.0], [8.0, 10.0]])


def scaled(rows, seen, axis=0):
    return (rows - seen.mean(axis=axis)) / seen.std(axis=axis)


def series(num_rows, seed):
    """Rows with a trend, so that later rows differ from the training rows; columns of unequal size."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(num_rows, 3)) + np.linspace(0, 4, num_rows)[:, None]
    return (rows * [1.0, 20.0, 0.1] + [0.0, 1000.0, 5.0]).round(4)


def mistakes_for(rows, num_train):
    train, later = rows[:num_train], rows[num_train:]
    yield Mistake(
        "scaler-saw-test", scaled(rows, rows),
        f"The figures come from all {len(rows)} rows. The last {len(later)} are the test: their mean and deviation "
        "must not be known. Take the figures from the first `num_train` rows.",
    )  # fmt: skip
    yield Mistake(
        "one-figure-for-all", scaled(rows, train, axis=None),
        "There is one mean and one deviation for all columns together. Columns differ in unit and size, so each needs "
        "its own: along which axis must be averaged?",
    )  # fmt: skip
    yield Mistake(
        "fitted-on-test", scaled(rows, later),
        "The figures come from the rows after `num_train`. Those are the test rows; the training rows are "
        "`rows[:num_train]`.",
    )  # fmt: skip
    yield Mistake(
        "parts-apart", np.concatenate([scaled(train, train), scaled(later, later)]),
        "Each part was scaled with figures of its own. One and the same value then means something else in each part; "
        "scale all rows with the figures of the training rows.",
    )  # fmt: skip
    yield Mistake(
        "spread-of-all-rows",
        (rows - train.mean(axis=0)) / rows.std(axis=0),
        "The offset is right. The spread still comes from all rows; it tells of the test rows as much as "
        "the mean would.",
    )
    yield Mistake(
        "variance-for-deviation",
        (rows - train.mean(axis=0)) / train.var(axis=0),
        "The offset is right. The spread is the variance, the mean of the squared distances; asked for is the standard "
        "deviation.",
    )
    yield Mistake(
        "sample-deviation",
        (rows - train.mean(axis=0)) / train.std(axis=0, ddof=1),
        "The offset is right. The spread divides by the number of rows minus 1, as pandas and `ddof=1` do; "
        "`rows.std(axis=0)` of NumPy divides by their number.",
    )
    yield Mistake(
        "other-scaling",
        (rows - train.min(axis=0)) / (train.max(axis=0) - train.min(axis=0)),
        "That brings the training rows to 0 … 1, by smallest and largest. Asked for is mean 0 and deviation 1.",
    )
    if train.shape[0] == train.shape[1]:  # elsewhere NumPy refuses to combine the shapes
        yield Mistake(
            "along-the-row", scaled(rows, train, axis=1),
            "`axis=1` averages over the columns of each row. One figure for each column comes from `axis=0`.",
        )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    for rows, num_train in ((EXAMPLE, 2), (series(40, 1), 28), (series(90, 2), 60)):
        given = attempt.call("scale", rows, num_train)
        yield from attempt.expect(
            given, scaled(rows, rows[:num_train]), what=f"scale(rows of shape {rows.shape}, num_train={num_train})",
            axes=("rows", "features"), mistakes=tuple(mistakes_for(rows, num_train)),
        )  # fmt: skip
