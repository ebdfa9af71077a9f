from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def with_ones(drawn, start, stop):
    bias = drawn.copy()
    bias[start:stop] = 1.0
    return bias


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(4)
    for units, switch in ((3, True), (5, False), (1, True), (6, True)):
        drawn = random.normal(0, 0.5, 4 * units).round(3)
        right = with_ones(drawn, units, 2 * units) if switch else drawn
        given = attempt.call("first_bias", drawn, switch)
        what = f"first_bias(drawn of shape ({4 * units},), {switch})"
        yield from attempt.expect(
            given, right, what=what, axes=("4 × units",), mistakes=mistakes(drawn, units, switch)
        )


def mistakes(drawn, units, switch):
    if not switch:
        return (
            Mistake(
                "switch-ignored", with_ones(drawn, units, 2 * units),
                "With unit_forget_bias=False nothing is replaced; here the forget block is 1 all the same.",
            ),
            Mistake(
                "initializer-forgotten", np.zeros(4 * units),
                "The bias is zero. With unit_forget_bias=False it is what the initializer gave: drawn.",
            ),
        )  # fmt: skip
    woven = drawn.copy()
    woven[1::4] = 1.0
    return (
        Mistake(
            "units-of-the-joined-bias", drawn,
            f"No entry has become 1. The joined bias has {4 * units} entries for {units} units: one block for each of "
            "i, f, c, o. A slice that starts behind the last entry holds nothing, and NumPy says so to nobody.",
        ),
        Mistake(
            "input-block", with_ones(drawn, 0, units),
            "The first block has become 1: that is i, the input gate. Keras's order is i, f, c, o.",
        ),
        Mistake(
            "candidate-block", with_ones(drawn, 2 * units, 3 * units),
            "The third block has become 1: that is c, the candidate. The forget block is the second of i, f, c, o.",
        ),
        Mistake(
            "output-block", with_ones(drawn, 3 * units, 4 * units),
            "The last block has become 1: that is o, the output gate. The forget block is the second of i, f, c, o.",
        ),
        Mistake(
            "gates-woven", woven,
            "Every fourth entry has become 1, as if the four gates of a unit stood side by side. They stand in blocks: "
            f"first {units} entries for i, then {units} for f, and so on.",
        ),
        Mistake(
            "all-ones", np.ones(4 * units),
            "The whole bias has become 1. Then the other gates start more open as well, and the candidate is not zero.",
        ),
        Mistake(
            "initializer-forgotten", with_ones(np.zeros(4 * units), units, 2 * units),
            "The other three blocks are zero. They are what the initializer gave: drawn. Only the forget block is "
            "replaced.",
        ),
    )  # fmt: skip
