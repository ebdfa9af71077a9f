from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def forecast(weights, rows, origin, horizon, late=0, roll=lambda window, new: np.append(window[1:], new)):
    window = rows[origin - len(weights) + 1 - late : origin + 1 - late]
    found = []
    for _ in range(horizon):
        found.append(window @ weights)
        window = roll(window, found[-1])
    return np.array(found)


def peeking(weights, rows, origin, horizon, late=0):
    ends = [origin + 1 - late + ahead for ahead in range(horizon)]
    return np.array([rows[end - len(weights) : end] @ weights for end in ends])


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, timesteps, origin, horizon in (
        (12, 3, 5, 4),
        (40, 6, 20, 12),
        (30, 2, 24, 5),
        (20, 4, 10, 1),
    ):
        random = np.random.default_rng(num_rows)
        rows = (4.5 + np.cumsum(random.normal(0, 0.2, num_rows))).round(3)
        weights = random.uniform(-0.4, 0.7, timesteps).round(2)
        arguments = (weights, rows, origin, horizon)
        mistakes = (
            Mistake(
                "both-left", peeking(*arguments, late=1),
                "Both mistakes are still there. Write down the numbers of the rows in the window for each step: which "
                f"is the newest one for the first forecast, and which of them lie behind row {origin}?",
            ),
            Mistake(
                "looks-ahead", peeking(*arguments),
                f"The first window is right. But those after it are cut out of `rows` behind row {origin}: the true "
                "values. That is a forecast of one step, made several times, not one of several steps. Feed the "
                "forecasts back.",
            ),
            Mistake(
                "newest-row-missing", forecast(*arguments, late=1),
                f"The forecasts are fed back now. But the first window ends with row {origin - 1}: the newest row that "
                "is known is left out, so the first forecast is for a row that is known already.",
            ),
            Mistake(
                "window-stands-still", forecast(*arguments, roll=lambda window, new: window),
                "Each step has the same window, so each forecast is the same. The newest forecast has to come in, and "
                "the oldest row has to leave.",
            ),
            Mistake(
                "forecast-in-front",
                forecast(*arguments, roll=lambda window, new: np.append(new, window[:-1])),
                "The forecast comes in at the front, where the oldest row stands, and the newest row leaves. Time runs "
                "from left to right in a window.",
            ),
            Mistake(
                "last-row-replaced",
                forecast(*arguments, roll=lambda window, new: np.append(window[:-1], new)),
                "The forecast takes the place of the newest row, and the oldest ones stay for ever. The whole window "
                "has to move on by one row.",
            ),
        )  # fmt: skip
        what = f"forecast({timesteps} weights, {num_rows} rows, origin={origin}, horizon={horizon})"
        given = attempt.call("forecast", weights, rows, origin, horizon)
        yield from attempt.expect(given, forecast(*arguments), what=what, axes=("steps",), mistakes=mistakes)
        short = attempt.call("forecast", weights, rows[: origin + 1], origin, horizon)
        yield from attempt.expect(
            short, forecast(*arguments), what=f"{what}, with no row behind row {origin}", axes=("steps",)
        )
