from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def windows(series, timesteps, spare=0, lag=0):
    starts = range(len(series) - timesteps - spare)
    X = np.array([series[start : start + timesteps] for start in starts])[:, :, None]
    return X, np.array([series[start + timesteps - lag] for start in starts])


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, timesteps in ((6, 3), (20, 4), (57, 12), (9, 1)):
        series = (
            np.arange(6.0)
            if num_rows == 6
            else np.random.default_rng(num_rows).normal(size=num_rows).round(3)
        )
        X, y = windows(series, timesteps)
        short, short_y = windows(series, timesteps, spare=1)
        side = X.transpose(0, 2, 1)  # (samples, 1, timesteps)
        mistakes = (
            Mistake(
                "both-bugs-left", (short.transpose(0, 2, 1), short_y),
                "Both mistakes are still there: compare the number of samples with the formula of this lesson, and "
                "the shape of X with (samples, timesteps, features).",
            ),
            Mistake(
                "last-sample-lost", (short, short_y),
                f"X has the right axes now, but {len(short)} samples where {len(X)} windows have a row behind them. "
                "For which `i` is `series[i + timesteps]` the last row? `range` leaves its end out already.",
            ),
            Mistake(
                "lags-as-features", (side, y),
                f"All {len(X)} samples are there, but X has shape {side.shape}: the rows of a window lie on the "
                "features axis of a single timestep. A recurrent layer then takes one step. Put them on the "
                "timesteps axis.",
            ),
            Mistake(
                "label-inside-window", windows(series, timesteps, lag=1),
                "The label is the window's own last row now. It has to be the row behind it, `series[i + timesteps]`.",
            ),
            Mistake(
                "no-features-axis", (X[..., 0], y),
                f"X has shape {X[..., 0].shape}. One feature is an axis too, of size 1: (samples, timesteps, 1).",
            ),
        )  # fmt: skip
        given = attempt.call("create_dataset", series, timesteps)
        what = f"create_dataset(series of {num_rows} rows, timesteps={timesteps})"
        yield from attempt.expect(
            given, (X, y), what=what, axes=("samples", "timesteps", "features"), mistakes=mistakes
        )
