from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((2, 5, 1, 3), (4, 3, 2, 2), (3, 7, 2, 5))


def all_outputs(X, kernel, recurrent_kernel, bias):
    h = np.zeros((len(X), len(recurrent_kernel)))
    outputs = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ kernel + h @ recurrent_kernel + bias)
        outputs.append(h)
    return np.stack(outputs, axis=1)  # (samples, timesteps, units)


def drawn(samples: int, timesteps: int, features: int, units: int):
    rng = np.random.default_rng(timesteps)
    shapes = ((samples, timesteps, features), (features, units), (units, units), (units,))
    return tuple(rng.normal(size=shape).round(3) for shape in shapes)


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES:
        arrays = drawn(*case)
        full = all_outputs(*arrays)
        yield from check_last(attempt, arrays, full)
        yield from check_all(attempt, arrays, full)


def check_last(attempt: Attempt, arrays, full) -> Iterator[Message]:
    mistakes = (
        Mistake(
            "sequences-always", full,
            f"With return_sequences=False all outputs leave, {full.shape}. Only the last one is wanted: "
            f"{full[:, -1].shape}. The argument decides.",
        ),
        Mistake(
            "time-axis-of-one", full[:, -1:],
            f"The last output keeps a timesteps axis of size 1: {full[:, -1:].shape}. Keras drops the axis: "
            f"{full[:, -1].shape}.",
        ),
        Mistake(
            "first-output", full[:, 0],
            "That is the output after the first timestep, which has seen a single row. The last one has seen them "
            "all.",
        ),
    )  # fmt: skip
    given = attempt.call("simple_rnn", *arrays, return_sequences=False)
    what = f"simple_rnn(X of shape {arrays[0].shape}, …, return_sequences=False)"
    yield from attempt.expect(given, full[:, -1], what=what, axes=("samples", "units"), mistakes=mistakes)


def check_all(attempt: Attempt, arrays, full) -> Iterator[Message]:
    time_first = full.transpose(1, 0, 2)
    mistakes = (
        Mistake(
            "sequences-never", full[:, -1],
            "With return_sequences=True only the last output leaves. The outputs of all timesteps are wanted, along "
            "an "
            "axis of their own.",
        ),
        Mistake(
            "timesteps-first", time_first,
            f"The outputs are stacked with the timesteps in front: {time_first.shape}. `np.stack` makes the new axis "
            "the "
            "first unless you say which; Keras has the samples first.",
        ),
        Mistake(
            "side-by-side", full.reshape(len(full), -1),
            "The outputs lie side by side on the units axis. Timesteps are an axis of their own: stack, do not "
            "concatenate.",
        ),
        Mistake(
            "reshaped", time_first.reshape(full.shape),
            f"The shape {full.shape} is right, but a reshape only deals the numbers out anew: outputs of different "
            "samples stand in one row. The axes have to be exchanged, or stacked in the right place.",
        ),
    )  # fmt: skip
    given = attempt.call("simple_rnn", *arrays, return_sequences=True)
    what = f"simple_rnn(X of shape {arrays[0].shape}, …, return_sequences=True)"
    axes = ("samples", "timesteps", "units")
    yield from attempt.expect(given, full, what=what, axes=axes, mistakes=mistakes)
