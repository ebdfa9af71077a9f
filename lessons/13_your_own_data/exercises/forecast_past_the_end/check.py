from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def output_of(window, weights):
    return float(window @ weights) + 0.5  # without it a scaling that nobody undoes would cancel out


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(3)
    for num_rows, timesteps in ((9, 3), (30, 7), (6, 5)):
        values = random.normal(40, 6, num_rows).round(2)
        weights = random.normal(0.3, 0.4, timesteps).round(2)
        mean, deviation = 37.5, 4.25
        scaled = (values - mean) / deviation
        last = output_of(scaled[-timesteps:], weights)
        given = attempt.call("forecast_next", values, timesteps, mean, deviation, weights)
        what = f"forecast_next({num_rows} values, {timesteps}, {mean}, {deviation}, weights)"
        yield from attempt.expect(
            given,
            last * deviation + mean,
            what=what,
            mistakes=(
                *of_the_output(last, mean, deviation),
                *of_the_window(values, scaled, timesteps, weights, mean, deviation),
            ),
        )


def of_the_output(last, mean, deviation):
    return (
        Mistake(
            "not-restored", last,
            "That is what the network puts out, in scaled units. Undo the scaling: times deviation, plus mean.",
        ),
        Mistake(
            "mean-forgotten", last * deviation,
            "The deviation has been multiplied back, but the mean is missing: what is returned is a distance from it.",
        ),
        Mistake(
            "deviation-forgotten", last + mean,
            "The mean has been added, but the output still counts in deviations: multiply first, then add.",
        ),
        Mistake(
            "figures-exchanged", last * mean + deviation,
            "Mean and deviation have changed places: the scaling divided by the deviation, so that is what is "
            "multiplied back.",
        ),
        Mistake(
            "scaled-twice", (last - mean) / deviation,
            "The output has been scaled once more. It is in scaled units already; go the other way.",
        ),
    )  # fmt: skip


def of_the_window(values, scaled, timesteps, weights, mean, deviation):
    def restored(window):
        return output_of(window, weights) * deviation + mean

    return (
        Mistake(
            "window-not-scaled", restored(values[-timesteps:]),
            "The window went in unscaled. The network has only ever seen scaled rows; an input of forty instead of one "
            "raises nothing and gives a number without meaning.",
        ),
        Mistake(
            "deviation-nowhere", output_of(scaled[-timesteps:] * deviation, weights) + mean,
            "The deviation occurs nowhere: the window went in without its mean only. The network has seen rows that "
            "were divided by the deviation too, and its output counts in deviations.",
        ),
        Mistake(
            "first-window", restored(scaled[:timesteps]),
            "The window holds the first rows of the series. What follows is forecast from the last ones.",
        ),
        Mistake(
            "last-row-left-out", restored(scaled[-timesteps - 1 : -1]),
            "The window ends one row too early. In training, the last row of the table could only be a label; here it "
            "is known, and belongs into the window.",
        ),
    )  # fmt: skip
