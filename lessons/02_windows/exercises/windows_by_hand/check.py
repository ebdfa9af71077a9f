from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((10, 1, 3, 2, 1), (23, 1, 4, 1, 1), (31, 3, 5, 2, 1), (40, 2, 6, 3, 4))


def windows(rows, timesteps, horizon, stride, lag=0, spare=0):
    """Windows and labels; `lag` moves the labels back, `spare` leaves out the last starts."""
    starts = range(0, len(rows) - timesteps - horizon + 1 - spare, stride)
    X = np.array([rows[start : start + timesteps] for start in starts])
    first = timesteps - lag
    return X, np.array([rows[start + first : start + first + horizon, 0] for start in starts])


def mistakes(rows, timesteps, horizon, stride):
    X, y = windows(rows, timesteps, horizon, stride)
    one_lost = windows(rows, timesteps, horizon, stride, spare=1)
    leaking = windows(rows, timesteps, horizon, stride, lag=1)
    late = windows(rows, timesteps, horizon, stride, lag=-1, spare=1)
    side_by_side = windows(rows, timesteps, horizon, timesteps)
    every_row = windows(rows, timesteps, horizon, 1)
    return (
        Mistake(
            "axes-swapped", (X.transpose(0, 2, 1), y),
            f"X has shape {X.transpose(0, 2, 1).shape}: features before timesteps. "
            "`sliding_window_view` puts the axis of the window last; move it with `.transpose(0, 2, 1)`.",
        ),
        Mistake(
            "features-axis-dropped", (X[..., 0], y),
            f"X has shape {X[..., 0].shape}; the features axis is missing. Take whole rows, `rows[start:end]`, "
            "not their first column.",
        ),
        Mistake(
            "label-inside-window", leaking,
            "The first label is the window's own last row: the network would only have to copy it. Labels begin at row "
            "`start + timesteps`.",
        ),
        Mistake(
            "label-one-late", late,
            "The row right behind the window is skipped: labels begin at row `start + timesteps`, not one later.",
        ),
        Mistake(
            "last-window-lost", one_lost,
            "The last window is missing: its last label is the last row of the table. At which row does it begin? "
            "If that number is the end of a `range`, it is left out.",
        ),
        Mistake(
            "stride-ignored", every_row,
            f"The windows move on by one row; the stride is {stride}. Give it to `range` as its third argument.",
        ),
        Mistake(
            "windows-side-by-side", side_by_side,
            f"Each window begins where the one before ended, as a reshape would cut them. Windows overlap: the "
            f"next one begins {stride} row(s) on.",
        ),
    )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, features, timesteps, horizon, stride in CASES:
        rows = np.random.default_rng(num_rows).normal(size=(num_rows, features)).round(3)
        if num_rows == 10:
            rows = np.arange(10.0).reshape(10, 1)
        given = attempt.call("make_windows", rows, timesteps=timesteps, horizon=horizon, stride=stride)
        what = f"make_windows(rows {rows.shape}, timesteps={timesteps}, horizon={horizon}, stride={stride})"
        yield from whole_rows_as_labels(given, rows, timesteps, horizon, what)
        yield from attempt.expect(
            given,
            windows(rows, timesteps, horizon, stride),
            what=what,
            axes=("samples", "timesteps", "features"),
            mistakes=mistakes(rows, timesteps, horizon, stride),
        )


def whole_rows_as_labels(given, rows, timesteps, horizon, what) -> Iterator[Message]:
    y = given[1] if isinstance(given, tuple | list) and len(given) == 2 else None
    if isinstance(y, np.ndarray) and y.ndim == 3 and y.shape[1:] == (horizon, rows.shape[1]):
        yield Message(
            "labels-with-every-column",
            f"`{what}`: y has shape {y.shape}; it holds all columns of the rows behind the window. Only the first is "
            "to be forecast: `rows[end : end + horizon, 0]`.",
        )
