from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

NAMES = ("X_train", "y_train", "X_test", "y_test")


def samples(rows, timesteps, back=0):
    starts = np.arange(len(rows) - timesteps)
    return rows[starts[:, None] + np.arange(timesteps)][:, :, None], rows[starts + timesteps - back]


def arrays(train, test, timesteps, back=0):
    return (*samples(train, timesteps, back), *samples(test, timesteps, back))


def scaled(values, by):
    return (values - by.mean()) / by.std()


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(12)
    for num_rows, timesteps, num_train in ((24, 3, 14), (40, 6, 28), (15, 1, 9)):
        values = (random.normal(0, 2, num_rows).cumsum() + np.arange(num_rows)).round(2)
        good = scaled(values, values[:num_train])
        right = arrays(good[:num_train], good[num_train:], timesteps)
        given = attempt.call("prepare", values, timesteps, num_train)
        what = f"prepare({num_rows} values, timesteps={timesteps}, num_train={num_train})"
        yield from splits(given, good, timesteps, num_train, what)
        yield from attempt.expect(
            given, right, what=what, axes=("samples", "timesteps", "features"),
            mistakes=mistakes(values, good, timesteps, num_train),
        )  # fmt: skip


def splits(given, good, timesteps, num_train, what):
    """Look at what comes before all figures: which samples lie in which part."""
    if not isinstance(given, (tuple, list)) or len(given) != 4:
        return
    if not all(
        isinstance(each, np.ndarray) and each.ndim == len(shape)
        for each, shape in zip(given, SHAPES, strict=True)
    ):
        return
    train, test = given[0], given[2]
    if out_of_order(train) or out_of_order(test):
        yield Message(
            "shuffled-before-split",
            f"`{what}`: the samples are not in the order of time. Shuffled before the split, test windows lie between "
            "training windows and share nearly all rows with them.",
        )
    elif len(train) == num_train:
        yield Message(
            "split-by-samples",
            f"`{what}`: X_train has {num_train} samples. num_train counts rows; the first {num_train} rows give "
            f"{num_train - timesteps} samples. The windows have to be cut after the split.",
        )
    elif len(test) == len(good) - num_train and timesteps < len(good) - num_train:
        yield Message(
            "windows-reach-back",
            f"`{what}`: X_test has {len(test)} samples. Its first windows begin in the training rows; here each part "
            f"cuts its own, which gives {len(good) - num_train - timesteps}.",
        )


SHAPES = ((0, 0, 0), (0,), (0, 0, 0), (0,))


def out_of_order(X):
    """Whether neighbouring samples are no neighbours: each continues the one before by one row."""
    return len(X) > 1 and X.shape[1] > 1 and not np.allclose(X[1:, :-1], X[:-1, 1:])


def mistakes(values, good, timesteps, num_train):
    by_later = scaled(values, values[num_train:])
    leaking, later = scaled(values, values), scaled(values[num_train:], values[num_train:])
    return (
        Mistake(
            "label-inside-window", arrays(good[:num_train], good[num_train:], timesteps, back=1),
            "Each label is the last row of its own window: the network only has to copy it. The row behind the window "
            "is `rows[start + timesteps]`.",
        ),
        Mistake(
            "scaler-saw-test", arrays(leaking[:num_train], leaking[num_train:], timesteps),
            "Mean and deviation come from all rows, the test rows too. They were not known when the network was "
            "trained; take those of `values[:num_train]`.",
        ),
        Mistake(
            "scaler-of-test", arrays(by_later[:num_train], by_later[num_train:], timesteps),
            "Mean and deviation come from the rows after `num_train`, which test. Those that train are "
            "`values[:num_train]`.",
        ),
        Mistake(
            "test-scaled-apart", arrays(good[:num_train], later, timesteps),
            "The test rows have a mean and a deviation of their own. In use there is one scaler, that of the training "
            "rows: it would not know the mean of a future that has not come.",
        ),
        Mistake(
            "two-of-three-left", arrays(leaking[:num_train], leaking[num_train:], timesteps, back=1),
            "The split is right now. The scaler still sees all rows, and each label is still inside its window.",
        ),
    )  # fmt: skip
