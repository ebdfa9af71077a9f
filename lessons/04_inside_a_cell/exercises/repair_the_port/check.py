from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((2, 1, 3), (4, 2, 4), (3, 3, 5))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gates(arrays, *, order=(0, 1, 2, 3), added=0.0, blocks=lambda z: np.split(z, 4, axis=1)):
    x, h, kernel, recurrent_kernel, bias = arrays
    cut = blocks(x @ kernel + h @ recurrent_kernel + bias)
    i, f, c, o = (cut[k] for k in order)
    return sigmoid(i), sigmoid(f + added), np.tanh(c), sigmoid(o)


def drawn(samples: int, features: int, units: int):
    rng = np.random.default_rng(units)
    shapes = ((samples, features), (samples, units), (features, 4 * units), (units, 4 * units), (4 * units,))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for samples, features, units in CASES:
        arrays = drawn(samples, features, units)
        old = (0, 2, 1, 3)

        def mixed(z, samples=samples, units=units):
            return z.reshape(4, samples, units)

        mistakes = (
            Mistake(
                "both-left", gates(arrays, order=old, added=1.0),
                "Both old habits are still there: the order of the blocks, and something that is added to one of the "
                "sums. Compare each line with the equations of the lesson.",
            ),
            Mistake(
                "bias-added-twice", gates(arrays, added=1.0),
                "The order is right now. But 1 is added to the forget gate's sum at every call. In Keras this 1 is a "
                "first value of the bias, so the arrays hold it already.",
            ),
            Mistake(
                "old-order", gates(arrays, order=old),
                "The sums are right now, but the second block is used as the candidate and the third as the forget "
                "gate. Keras's order is i, f, c, o.",
            ),
            Mistake(
                "input-and-forget-swapped", gates(arrays, order=(1, 0, 2, 3)),
                "The input gate is taken from the second block and the forget gate from the first. Keras's order is "
                "i, f, c, o.",
            ),
            Mistake(
                "interleaved", gates(arrays, blocks=lambda z: [z[:, k::4] for k in range(4)]),
                "Every fourth column is taken for a gate. The columns of one gate stand together, in a block as wide "
                "as "
                "there are units.",
            ),
            Mistake(
                "blocks-mix-samples", gates(arrays, blocks=mixed),
                "A reshape to (4, samples, units) cuts along the rows, so values of one sample become another gate of "
                "another sample. The blocks lie side by side on the last axis: cut there.",
            ),
        )  # fmt: skip
        given = attempt.call("gates", *arrays)
        what = f"gates(…, with samples={samples}, features={features}, units={units})"
        yield from attempt.expect(
            given, gates(arrays), what=what, axes=("samples", "units"), mistakes=mistakes
        )
