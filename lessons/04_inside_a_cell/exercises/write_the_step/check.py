from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

BY_HAND = True
CASES = ((1, 1, 1, 1), (2, 6, 1, 3), (4, 5, 3, 2), (3, 12, 2, 4))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm(
    arrays, *, order=(0, 1, 2, 3), candidate=np.tanh, shown=np.tanh, memory=False, carried=True, passes=None
):
    X, kernel, recurrent_kernel, bias = arrays
    h = c = np.zeros((len(X), len(recurrent_kernel)))
    for t in range(X.shape[1] if passes is None else passes):
        if not carried:
            h = c = np.zeros_like(h)
        blocks = np.split(X[:, t] @ kernel + h @ recurrent_kernel + bias, 4, axis=1)
        z_i, z_f, z_c, z_o = (blocks[k] for k in order)
        c = sigmoid(z_f) * c + sigmoid(z_i) * candidate(z_c)
        h = sigmoid(z_o) * shown(c)
    return c if memory else h


def drawn(samples: int, timesteps: int, features: int, units: int):
    if units == 1:
        return np.ones((1, 1, 1)), np.ones((1, 4)), np.ones((1, 4)), np.zeros(4)
    rng = np.random.default_rng(timesteps)
    shapes = ((samples, timesteps, features), (features, 4 * units), (units, 4 * units), (4 * units,))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES:
        samples, timesteps, _, units = case
        arrays = drawn(*case)
        order_text = (
            "The blocks are taken in another order than Keras's. They stand in the columns as i, f, c, o: input gate, "
            "forget gate, candidate, output gate. The shapes fit with every order, so nothing raises."
        )
        mistakes = (
            Mistake("other-order", lstm(arrays, order=(0, 1, 3, 2)), order_text),
            Mistake("other-order", lstm(arrays, order=(0, 2, 1, 3)), order_text),
            Mistake("other-order", lstm(arrays, order=(1, 0, 2, 3)), order_text),
            Mistake(
                "candidate-through-sigmoid", lstm(arrays, candidate=sigmoid),
                "The candidate has gone through sigmoid, like a gate. It is a value that may be negative: tanh.",
            ),
            Mistake(
                "memory-shown-raw", lstm(arrays, shown=lambda c: c),
                "h is the output gate times the memory itself. The memory goes through tanh before it is shown.",
            ),
            Mistake(
                "memory-returned", lstm(arrays, memory=True),
                "That is c, the memory. What the layer gives is h = o · tanh(c).",
            ),
            Mistake(
                "state-not-carried", lstm(arrays, carried=False),
                "Each timestep begins from zeros here, so only the last row of the window counts. Make the zeros "
                "once, "
                "before the loop.",
            ),
            Mistake(
                "loops-over-samples", lstm(arrays, passes=min(samples, timesteps)),
                f"The loop makes {samples} passes, as many as there are samples. It has to go over the {timesteps} "
                "timesteps; all samples take part in each pass.",
            ),
        )  # fmt: skip
        given = attempt.call("lstm", *arrays)
        what = f"lstm(X of shape {arrays[0].shape}, …, with units={units})"
        yield from attempt.expect(
            given, lstm(arrays), what=what, axes=("samples", "units"), mistakes=mistakes
        )
