from collections.abc import Callable, Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((1, 1), (2, 3), (3, 5))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step(arrays, memory: Callable[..., np.ndarray]):
    x, h, c, kernel, recurrent_kernel, bias = arrays
    z_i, z_f, z_c, z_o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4)
    c_new = memory(sigmoid(z_i), sigmoid(z_f), np.tanh(z_c), sigmoid(z_o), c, h)
    return sigmoid(z_o) * np.tanh(c_new), c_new


def drawn(features: int, units: int):
    rng = np.random.default_rng(features + units)
    shapes = ((features,), (units,), (units,), (features, 4 * units), (units, 4 * units), (4 * units,))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for features, units in CASES:
        arrays = drawn(features, units)

        def wrong(memory, arrays=arrays):
            return step(arrays, memory)

        mistakes = (
            Mistake(
                "gates-swapped", wrong(lambda i, f, g, o, c, h: i * c + f * g),
                "The two gates have changed places: the input gate is multiplied with the old memory, the forget gate "
                "with the candidate. `f` says how much of the old stays.",
            ),
            Mistake(
                "old-memory-lost", wrong(lambda i, f, g, o, c, h: i * g),
                "Nothing of the old memory is in the new one, so nothing can be remembered for more than one "
                "timestep. "
                "What the forget gate keeps has to be added.",
            ),
            Mistake(
                "like-a-gru", wrong(lambda i, f, g, o, c, h: f * c + (1 - f) * g),
                "Here what is let in is 1 minus what is kept, as in a GRU. An LSTM has a gate of its own for what is "
                "let in: `i`.",
            ),
            Mistake(
                "state-for-memory", wrong(lambda i, f, g, o, c, h: f * h + i * g),
                "The forget gate is multiplied with the old `h`. What is kept from timestep to timestep is the memory "
                "`c`; `h` is only what was shown of it.",
            ),
            Mistake(
                "input-gate-unused", wrong(lambda i, f, g, o, c, h: f * c + g),
                "The whole candidate is added. How much of it is let in is what the input gate `i` says.",
            ),
            Mistake(
                "gate-added", wrong(lambda i, f, g, o, c, h: f * c + i + g),
                "The input gate is added to the candidate. A gate says which share passes: it is multiplied.",
            ),
            Mistake(
                "forget-gate-turned", wrong(lambda i, f, g, o, c, h: (1 - f) * c + i * g),
                "In spite of its name, the forget gate says how much of the old memory *stays*: at 1, all of it.",
            ),
            Mistake(
                "output-gate-for-input", wrong(lambda i, f, g, o, c, h: f * c + o * g),
                "The candidate is multiplied with the output gate. `o` decides what is shown in `h`; what is let in is "
                "decided by `i`.",
            ),
            Mistake(
                "memory-squashed", wrong(lambda i, f, g, o, c, h: np.tanh(f * c + i * g)),
                "The memory has gone through tanh, so it could not grow beyond 1. Only what is shown of it does, in "
                "the next line.",
            ),
        )  # fmt: skip
        given = attempt.call("lstm_step", *arrays)
        what = f"lstm_step(…, with features={features}, units={units})"
        yield from attempt.expect(
            given,
            step(arrays, lambda i, f, g, o, c, h: f * c + i * g),
            what=what,
            axes=("units",),
            mistakes=mistakes,
        )
