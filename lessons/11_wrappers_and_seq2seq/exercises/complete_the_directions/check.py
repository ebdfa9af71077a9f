from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def read(x, weights):
    kernel, recurrent_kernel = weights
    h, outputs = np.zeros(recurrent_kernel.shape[0]), []
    for row in x:
        h = np.tanh(row @ kernel + h @ recurrent_kernel)
        outputs.append(h)
    return np.array(outputs)


def joined(there, back):
    return np.concatenate([there, back], axis=1)


def mistakes_for(x, forward, backward):
    there, back = read(x, forward), read(x[::-1], backward)
    yield Mistake(
        "outputs-not-turned", joined(there, back),
        "The backward outputs stand in the order in which they were made: the first row of that half belongs to the "
        "last row of x. Turn them round before you join.",
    )  # fmt: skip
    yield Mistake(
        "read-forwards-twice", joined(there, read(x, backward)),
        "The second copy reads forwards like the first, only with other weights. It is to begin with the last row.",
    )  # fmt: skip
    yield Mistake(
        "only-outputs-turned", joined(there, read(x, backward)[::-1]),
        "The second copy reads forwards, and its outputs are turned round afterwards. So row 0 of its half has read "
        "everything in the forward order. Turn what it reads as well.",
    )  # fmt: skip
    yield Mistake(
        "last-everywhere", joined(there, np.repeat(back[-1:], len(x), axis=0)),
        "The backward half is the same in each row: the output after all rows. At row t that copy has read only the "
        "rows from the end down to t.",
    )  # fmt: skip
    yield Mistake(
        "units-turned", joined(there, back[:, ::-1]),
        "The order of the units was turned round, not that of the timesteps. The timesteps are the first axis.",
    )  # fmt: skip
    yield Mistake(
        "joined-along-time", np.concatenate([there, back[::-1]], axis=0),
        "The two readings stand one below the other, on an axis of 2 · timesteps. Side by side is along the units: "
        "axis=1.",
    )  # fmt: skip
    yield Mistake(
        "weights-shared", joined(there, read(x[::-1], forward)[::-1]),
        "Both directions use the weights of the forward copy. The backward copy has its own.",
    )  # fmt: skip
    for turned in (read(x[:, ::-1], backward), read(x[:, ::-1], backward)[::-1]):
        yield Mistake(
            "features-turned", joined(there, turned),
            "x[:, ::-1] turns the features round. The timesteps are the first axis: x[::-1].",
        )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(11)
    for timesteps, features, units in ((6, 2, 3), (9, 3, 2)):
        x = random.normal(size=(timesteps, features)).round(3)
        forward, backward = (
            (random.normal(size=(features, units)).round(3), random.normal(size=(units, units)).round(3))
            for _ in range(2)
        )
        right = joined(read(x, forward), read(x[::-1], backward)[::-1])
        yield from attempt.expect(
            attempt.call("both_directions", x, forward, backward), right,
            what=f"both_directions(x of shape {x.shape}, weights for {units} units, others for {units} units)",
            axes=("timesteps", "units"), mistakes=tuple(mistakes_for(x, forward, backward)),
        )  # fmt: skip
