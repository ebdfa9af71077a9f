from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

BY_HAND = True
CASES = ((1, 2, 1, 1), (3, 6, 1, 3), (4, 5, 3, 2), (3, 12, 2, 4))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gru(arrays, *, order=(0, 1, 2), inner="after", second=1.0, turned=False, carried=True):
    X, kernel, recurrent_kernel, bias = arrays
    units = len(recurrent_kernel)
    h = np.zeros((len(X), units))
    for t in range(X.shape[1]):
        h = h if carried else np.zeros_like(h)
        outer = np.split(X[:, t] @ kernel + bias[0], 3, axis=1)
        whole = np.split(h @ recurrent_kernel + second * bias[1], 3, axis=1)
        x_z, x_r, x_h = (outer[k] for k in order)
        h_z, h_r, h_h = (whole[k] for k in order)
        z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
        last = bias[1, 2 * units :]
        seen = {
            "after": r * h_h,
            "before": (r * h) @ recurrent_kernel[:, 2 * units :] + last,
            "outside": r * (h_h - last) + last,
            "unused": h_h,
            "by z": z * h_h,
        }[inner]
        candidate = np.tanh(x_h + seen)
        h = (1 - z) * h + z * candidate if turned else z * h + (1 - z) * candidate
    return h


def drawn(samples: int, timesteps: int, features: int, units: int):
    if units == 1:
        return np.ones((1, 2, 1)), np.ones((1, 3)), np.ones((1, 3)), np.zeros((2, 3))
    rng = np.random.default_rng(timesteps)
    shapes = ((samples, timesteps, features), (features, 3 * units), (units, 3 * units), (2, 3 * units))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES[1:] + CASES[:1]:
        arrays = drawn(*case)
        mistakes = (
            Mistake(
                "other-order", gru(arrays, order=(1, 0, 2)),
                "Update and reset gate are taken from each other's block. Keras's order is z, r, h; PyTorch has r "
                "first. "
                "The shapes fit either way.",
            ),
            Mistake(
                "reset-before", gru(arrays, inner="before"),
                "The reset gate is applied to the old state before the product: that is reset_after=False. By "
                "default r "
                "multiplies the product with U_h, bias included.",
            ),
            Mistake(
                "bias-outside-the-bracket", gru(arrays, inner="outside"),
                "The second bias of the candidate is added outside the bracket. It belongs to the part of the old "
                "state, "
                "and r multiplies it too.",
            ),
            Mistake(
                "second-bias-unused", gru(arrays, second=0.0),
                "Row 1 of the bias is not used. It is added to what comes from the old state, in all three blocks.",
            ),
            Mistake(
                "shares-turned", gru(arrays, turned=True),
                "The shares of old state and candidate are the other way round: in Keras, z is the share of the old "
                "state.",
            ),
            Mistake(
                "state-not-carried", gru(arrays, carried=False),
                "Each timestep begins from zeros, so only the last row of the window counts. Make the zeros once, "
                "before the loop.",
            ),
            Mistake(
                "update-for-reset", gru(arrays, inner="by z"),
                "Inside the candidate the old state is multiplied with the update gate z. That is the reset gate's "
                "work, r; z mixes old state and candidate.",
            ),
            Mistake(
                "reset-unused", gru(arrays, inner="unused"),
                "The candidate sees the whole old state. What it sees is multiplied by the reset gate r.",
            ),
        )  # fmt: skip
        given = attempt.call("gru", *arrays)
        what = f"gru(X of shape {arrays[0].shape}, …) with {case[3]} unit(s)"
        yield from attempt.expect(given, gru(arrays), what=what, axes=("samples", "units"), mistakes=mistakes)
