from collections.abc import Iterator
from itertools import product

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

TEXTS = {
    "every-pair": "`output` has shape (samples, 1) and `truth` has shape (samples,). Their difference has shape "
    "(samples, samples): each forecast is compared with every label. Print the shape of `truth - forecast`, then give "
    "both the same shape.",
    "half-unscaled": "The forecast lies too low by `low` everywhere. Minmax subtracts `low` and divides by "
    "`high - low`; undo both, in the opposite order.",
    "value-too-old": "The error of the network is right. Persistence is given the first row of each window, which is "
    "`timesteps` rows old. It may use the last one: a weak baseline flatters the network.",
    "wrong-inverse": "The forecast was multiplied by `high`. Minmax divides by `high - low`, so that is what it has to "
    "be multiplied by before `low` is added.",
    "label-itself": "Persistence has an error of 0: it was given the labels themselves. It may use the row before each "
    "label, the last one of the window.",
    "order-exchanged": "Both errors are right, and they have changed places: the network comes first.",
    "scaled-units": "Both errors are on scaled values. They can be compared with each other, but nobody knows how many "
    "passengers that is: bring the forecast back to the unit of the rows.",
}


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def compare(rows, output, low, high, timesteps, wide=False, no_low=False, old=False):
    forecast = (output if wide else output[:, 0]) * (high - low) + (0 if no_low else low)
    truth = rows[timesteps:]
    return rmse(truth, forecast), rmse(truth, rows[:-timesteps] if old else rows[timesteps - 1 : -1])


def mistakes(rows, output, low, high, timesteps):
    """What is left of the three faults, in all combinations, and what a repair can get wrong."""
    arguments = (rows, output, low, high, timesteps)
    for wide, no_low, old in product((True, False), repeat=3):
        if wide or no_low or old:
            name = "every-pair" if wide else ("half-unscaled" if no_low else "value-too-old")
            yield Mistake(name, compare(*arguments, wide, no_low, old), TEXTS[name])
    network, persistence = compare(*arguments)
    truth, times_high = rows[timesteps:], output[:, 0] * high + low
    yield Mistake("wrong-inverse", (rmse(truth, times_high), persistence), TEXTS["wrong-inverse"])
    yield Mistake("order-exchanged", (persistence, network), TEXTS["order-exchanged"])
    yield Mistake("label-itself", (network, 0.0), TEXTS["label-itself"])
    scaled = (network / (high - low), persistence / (high - low))
    yield Mistake("scaled-units", scaled, TEXTS["scaled-units"])


def check(attempt: Attempt) -> Iterator[Message]:
    for num_rows, timesteps in ((14, 3), (60, 12), (9, 1)):
        random = np.random.default_rng(num_rows)
        rows = 100 + np.cumsum(random.normal(3, 20, size=num_rows)).round(1)
        low, high = float(rows.min()) - 5, float(rows.max()) - 10
        output = random.uniform(size=(num_rows - timesteps, 1)).round(3)
        given = attempt.call("compare", rows, output, low, high, timesteps)
        yield from attempt.expect(
            given,
            compare(rows, output, low, high, timesteps),
            what=f"compare({num_rows} rows, output, {low:g}, {high:g}, timesteps={timesteps})",
            mistakes=tuple(mistakes(rows, output, low, high, timesteps)),
        )
