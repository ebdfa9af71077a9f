from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def samples(values, timesteps, lag=0, spare=0):
    """Windows with the row behind them; `lag` rows earlier, or `spare` windows fewer."""
    starts = np.arange(len(values) - timesteps - spare)
    return values[starts[:, None] + np.arange(timesteps)][:, :, None], values[starts + timesteps - lag]


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(9)
    for num_rows, timesteps in ((8, 3), (30, 6), (15, 1)):
        yield from _labels(attempt, random.normal(5, 1, num_rows).round(3), timesteps)
    for num_samples, with_axis in ((5, False), (5, True), (32, False)):
        y = random.normal(5, 1, num_samples).round(3)
        output = (y + random.normal(0, 0.3, num_samples)).round(3)[:, None]
        yield from _error(attempt, y[:, None] if with_axis else y, output)


def _labels(attempt, values, timesteps):
    X, y = samples(values, timesteps)
    mistakes = (
        Mistake(
            "label-inside-window", samples(values, timesteps, lag=1),
            "Each label is the last row of its own window, so a network only has to copy it. The row behind the window "
            "is `values[i + timesteps]`.",
        ),
        Mistake(
            "label-skips-a-row", samples(values, timesteps, lag=-1, spare=1),
            "Each label lies two rows after the window's last one, and a sample is lost. The row directly behind the "
            "window is `values[i + timesteps]`.",
        ),
        Mistake(
            "last-sample-lost", samples(values, timesteps, spare=1),
            f"The labels are right, but the last sample is missing: {len(y) - 1} of {len(y)}.",
        ),
        Mistake(
            "labels-with-axis", (X, y[:, None]),
            f"y has the shape {y[:, None].shape}. The task asks for (samples,), as many programs have it, so that the "
            "error has to cope with it.",
        ),
    )  # fmt: skip
    given = attempt.call("windows_and_labels", values, timesteps)
    what = f"windows_and_labels({len(values)} values, timesteps={timesteps})"
    yield from attempt.expect(
        given, (X, y), what=what, axes=("samples", "timesteps", "features"), mistakes=mistakes
    )


def _error(attempt, y, output):
    difference = y.reshape(-1) - output.reshape(-1)
    right = float(np.mean(difference**2))
    crossed = y.reshape(-1, 1) - output.reshape(1, -1)
    num = len(y)
    as_given = (
        f"y has the shape {y.shape}, the output {output.shape}. NumPy stretches both to ({num}, {num}): {num * num} "
        f"differences instead of {num}, and most compare an output with the label of another sample. Bring both to one "
        "shape first."
    )
    as_changed = (
        f"y of shape {y.shape} is stretched against the output {output.shape}: {num * num} differences "
        f"instead of {num}. "
        "An axis was added or taken away where there was nothing to do; y comes in both shapes."
    )
    mistakes = (
        Mistake(
            "silent-broadcast" if y.ndim == 1 else "always-broadcast", float(np.mean(crossed**2)),
            as_given if y.ndim == 1 else as_changed,
        ),
        Mistake(
            "nearest-label", float(np.mean((crossed**2).min(axis=0))),
            "Each output is compared with the label that is nearest to it. Which label is its own does not depend on "
            "the numbers: it stands at the same place.",
        ),
        Mistake(
            "root-taken", float(np.sqrt(right)),
            "That is the root of it, RMSE. The mean squared error takes no root.",
        ),
        Mistake(
            "sum-not-mean", float(np.sum(difference**2)),
            "That is the sum of the squares; divide by their number.",
        ),
        Mistake(
            "means-compared", float((y.mean() - output.mean()) ** 2),
            "The two means are compared. An error of +1 and one of −1 then cancel; square first, then average.",
        ),
    )  # fmt: skip
    given = attempt.call("mean_squared_error", y, output)
    what = f"mean_squared_error(y of shape {y.shape}, output of shape {output.shape})"
    yield from attempt.expect(given, right, what=what, mistakes=mistakes)
