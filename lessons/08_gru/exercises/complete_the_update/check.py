from collections.abc import Callable, Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((1, 2), (2, 3), (3, 5))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step(arrays, update: Callable[..., np.ndarray]):
    x, h, kernel, recurrent_kernel, bias = arrays
    x_z, x_r, x_h = np.split(x @ kernel + bias[0], 3)
    h_z, h_r, h_h = np.split(h @ recurrent_kernel + bias[1], 3)
    z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
    return update(z, r, h, np.tanh(x_h + r * h_h))


def drawn(features: int, units: int):
    rng = np.random.default_rng(features + units)
    shapes = ((features,), (units,), (features, 3 * units), (units, 3 * units), (2, 3 * units))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for features, units in CASES:
        arrays = drawn(features, units)
        mistakes = (
            Mistake(
                "shares-turned", step(arrays, lambda z, r, h, g: (1 - z) * h + z * g),
                "The shares are the other way round. Many texts write it so; in Keras, z is the share of the *old* "
                "state.",
            ),
            Mistake(
                "candidate-in-full", step(arrays, lambda z, r, h, g: z * h + g),
                "The whole candidate is added. Its share is what z leaves over: the two shares add up to 1.",
            ),
            Mistake(
                "one-share-for-both", step(arrays, lambda z, r, h, g: z * (h + g)),
                "Old state and candidate get the same share, z. What z does not keep is let in: the two shares add up "
                "to 1.",
            ),
            Mistake(
                "reset-for-update", step(arrays, lambda z, r, h, g: r * h + (1 - r) * g),
                "The reset gate r mixes here. It has done its work inside the candidate; the mixture is z's.",
            ),
            Mistake(
                "like-an-lstm", step(arrays, lambda z, r, h, g: z * h + r * g),
                "Two gates for two products, as in an LSTM. A GRU uses one for both: what z does not keep is let in.",
            ),
            Mistake(
                "old-state-lost", step(arrays, lambda z, r, h, g: (1 - z) * g),
                "The old state is missing: its share z stays.",
            ),
            Mistake(
                "squashed-again", step(arrays, lambda z, r, h, g: np.tanh(z * h + (1 - z) * g)),
                "The mixture goes through tanh once more. It lies between −1 and 1 already, and Keras leaves it as "
                "it is.",
            ),
        )  # fmt: skip
        given = attempt.call("gru_step", *arrays)
        right = step(arrays, lambda z, r, h, g: z * h + (1 - z) * g)
        what = f"gru_step(…) with {features} feature(s) and {units} units"
        yield from attempt.expect(given, right, what=what, axes=("units",), mistakes=mistakes)
