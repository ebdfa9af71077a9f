from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def errors_of(truth, forecast, max_lag, way="back"):
    errors = []
    for shift in range(max_lag + 1):
        end = len(truth) - shift
        pairs = {
            "back": (truth[:end], forecast[shift:]),
            "forward": (truth[shift:], forecast[:end]),
            "rolled": (truth, np.roll(forecast, -shift)),
            "still": (truth[shift:], forecast[shift:]),
        }
        errors.append(rmse(*pairs[way]))
    return errors


def answer(errors):
    return int(np.argmin(errors)), errors


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, late, max_lag in ((14, 1, 3), (60, 0, 5), (40, 3, 6), (25, 2, 2)):
        random = np.random.default_rng(num_rows)
        prices = 60 + np.cumsum(random.normal(0, 1.2, num_rows)).round(2)
        truth = prices[late:]
        forecast = (prices[: len(truth)] + random.normal(0, 0.3, len(truth))).round(2)
        errors = errors_of(truth, forecast, max_lag)
        mistakes = (
            Mistake(
                "moved-forward", answer(errors_of(truth, forecast, max_lag, "forward")),
                "The forecast is moved forward: its first value stands at truth[shift]. A late forecast then gets "
                "later still. Moved back, forecast[shift] stands at truth[0].",
            ),
            Mistake(
                "rolled-round", answer(errors_of(truth, forecast, max_lag, "rolled")),
                "`np.roll` brings the first forecasts round to the end, where they are compared with the last rows. "
                "Rows that have no partner are to be left out.",
            ),
            Mistake(
                "never-moved", answer(errors_of(truth, forecast, max_lag, "still")),
                "Both arrays are cut at the same end, so each forecast still stands at its own row: nothing is moved. "
                "The forecast loses its first rows, the truth its last.",
            ),
            Mistake(
                "largest-error", (int(np.argmax(errors)), errors),
                "The errors are right, but the shift that you return has the largest of them. The best one fits best.",
            ),
            Mistake(
                "counted-from-one", (int(np.argmin(errors)) + 1, errors),
                "The errors are right, and the shift is one too large. They begin with shift 0, as places in a list "
                "do.",
            ),
            Mistake(
                "error-for-shift", (min(errors), errors),
                "The errors are right. The first result should be the shift, a number of rows; you return its RMSE.",
            ),
        )  # fmt: skip
        given = attempt.call("find_lag", truth, forecast, max_lag)
        what = f"find_lag(truth of {len(truth)} rows, forecast, max_lag={max_lag})"
        yield from attempt.expect(given, answer(errors), what=what, mistakes=mistakes)
