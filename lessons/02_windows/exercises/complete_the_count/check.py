from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message, Mistake

CASES = (
    (144, 12, 1, 1),
    (50, 5, 1, 1),
    (50, 5, 7, 1),
    (50, 6, 2, 3),
    (52, 5, 3, 5),
    (12, 11, 1, 1),
    (12, 12, 1, 1),
    (3, 12, 4, 2),
)


def count(num_rows: int, taken: int, stride: int) -> int:
    return (num_rows - taken) // stride + 1 if num_rows >= taken else 0


def check(attempt: Attempt) -> Iterator[Message]:
    for rows, timesteps, horizon, stride in CASES:
        expected = count(rows, timesteps + horizon, stride)
        mistakes = (
            Mistake(
                "label-row-forgotten",
                count(rows, timesteps, stride),
                f"Behind the last window there is no room for its label: it would end at row {rows - 1}, the last "
                f"one, and {horizon} must follow it. Try three rows, two timesteps and a horizon of 1 on paper.",
            ),
            Mistake(
                "last-window-lost",
                count(rows, timesteps + horizon + 1, stride),
                "One window too few. If the window takes rows 0 to timesteps − 1, its label begins at row timesteps: "
                "try three rows, two timesteps and a horizon of 1 on paper.",
            ),
            Mistake(
                "horizon-added",
                count(rows, timesteps - horizon, stride),
                "Here the horizon makes the windows more, not fewer. Its rows are taken off the table as those of the "
                "window are: look at its sign, also where brackets change it.",
            ),
            Mistake(
                "horizon-taken-as-one",
                count(rows, timesteps + 1, stride),
                f"That leaves room for one label row. The horizon is {horizon}, so {horizon} rows must follow the "
                "window.",
            ),
        )
        given = attempt.call("num_windows", rows, timesteps=timesteps, horizon=horizon, stride=stride)
        what = f"num_windows({rows}, timesteps={timesteps}, horizon={horizon}, stride={stride})"
        yield from attempt.expect(given, expected, what=what, mistakes=mistakes)
