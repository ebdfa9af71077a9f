from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

EXAMPLE = np.array([3.91, 3.67, 3.50, 3.34, 3.20, 3.10])


def labels(values, timesteps, horizon, shift=0):
    """Labels that begin `shift` rows after the right place."""
    starts = np.arange(len(values) - timesteps - horizon + 1)
    rows = starts[:, None] + timesteps + shift + np.arange(horizon)
    return values[rows % len(values)]


def mistakes_for(values, timesteps, horizon):
    right = labels(values, timesteps, horizon)
    last = timesteps + horizon - 1
    yield Mistake(
        "label-inside-window", labels(values, timesteps, horizon, shift=-1),
        f"The first label of window 0 is row {timesteps - 1}. The window takes rows 0 to {timesteps - 1}, "
        "so that row is "
        "its own last one: the network could copy it. Begin one row later.",
    )  # fmt: skip
    yield Mistake(
        "window-for-label", labels(values, timesteps, horizon, shift=-timesteps),
        f"Those are the first {horizon} rows of the window itself. The label follows the window: it begins "
        "`timesteps` rows after the window's start.",
    )  # fmt: skip
    yield Mistake(
        "only-the-last-step", np.repeat(right[:, -1:], horizon, axis=1),
        f"Every column holds row {last}, the last of the horizon. One number was stretched over the whole row of `y`; "
        f"all {horizon} values that follow the window belong there.",
    )  # fmt: skip
    yield Mistake(
        "only-the-first-step", np.repeat(right[:, :1], horizon, axis=1),
        "Every column holds the first value after the window. One number was stretched over the whole row of `y`; "
        "take a slice of `horizon` values.",
    )  # fmt: skip
    skipped = labels(values, timesteps, horizon, shift=1)
    skipped[-1] = values[-1]  # one value is left for the last label, and stretched over it
    yield Mistake(
        "label-skips-a-row", skipped,
        f"The label of window 0 begins at row {timesteps + 1}. Its window ends at row {timesteps - 1}, so "
        f"row {timesteps} is "
        "skipped; and for the last window too few rows are left. Begin one row earlier.",
    )  # fmt: skip
    yield Mistake(
        "same-label-everywhere",
        np.repeat(right[:1], len(right), axis=0),
        f"Every sample has the label of window 0. Window `i` begins at row `i`, so its label begins at row "
        f"`i + {timesteps}`.",
    )
    yield Mistake(
        "backwards",
        right[:, ::-1],
        "The values are right and their order is reversed: the nearest step ahead comes first.",
    )


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(3)
    cases = [
        (EXAMPLE, 3, 2),
        (random.normal(5, 1, 20).round(3), 4, 5),
        (random.normal(5, 1, 12).round(3), 6, 1),
    ]
    for values, timesteps, horizon in cases:
        given = attempt.call("make_labels", values, timesteps, horizon)
        yield from attempt.expect(
            given, labels(values, timesteps, horizon), axes=("samples", "horizon"),
            what=f"make_labels({len(values)} values, timesteps={timesteps}, horizon={horizon})",
            mistakes=tuple(mistakes_for(values, timesteps, horizon)),
        )  # fmt: skip
