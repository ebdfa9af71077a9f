from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

CASES = ((4, 3, 2, 2, 0.9), (12, 2, 3, 3, 0.7), (10, 4, 5, 1, 0.9), (6, 1, 1, 2, 0.5))


def outputs(windows, batch_size, weights, u, reset="epoch", hand_on=lambda h: h):
    h = np.zeros(batch_size)
    epochs = []
    for w in weights:
        h = np.zeros(batch_size) if reset == "epoch" else h
        found = []
        for start in range(0, len(windows), batch_size):
            h = np.zeros(batch_size) if reset == "batch" else h
            for x in windows[start : start + batch_size].T:
                h = np.tanh(w * x + u * (0.0 if reset == "step" else h))
            found.append(h)
            h = hand_on(h)
        epochs.append(np.concatenate(found))
    return np.array(epochs)


def of_row(place):
    return lambda h: np.full(len(h), h[place])


def check(attempt: Attempt) -> Iterator[Message]:
    for samples, timesteps, batch_size, epochs, u in CASES:
        weights = [1.0, 0.8, 1.1][:epochs]
        windows = np.random.default_rng(samples).normal(0, 0.6, size=(samples, timesteps)).round(2)
        arguments = (windows, batch_size, weights, u)
        right = outputs(*arguments)
        mistakes = (
            Mistake(
                "both-left", outputs(*arguments, reset="never", hand_on=of_row(-1)),
                "Both mistakes are still there. Print h at the beginning of each batch: is it zero when the epoch is "
                "new? Has it a value of its own for each row?",
            ),
            Mistake(
                "one-epoch-only", right[:1],
                "There is one epoch, the first, in which nothing has to be reset. Run all of them, each with its own "
                "w, and let each begin at zero.",
            ),
            Mistake(
                "one-epoch-only", right[-1:],
                "There is only the last epoch. Run all of them, each with its own w, and let each begin at zero.",
            ),
            Mistake(
                "first-epoch-copied", np.repeat(right[:1], epochs, axis=0),
                "Every epoch is a copy of the first one. Training has changed w from epoch to epoch: run each with "
                "its own w, from a state of zero.",
            ),
            Mistake(
                "last-epoch-only", right[-1],
                "The last epoch is right. Return all of them, one below the other: (epochs, samples).",
            ),
            Mistake(
                "never-reset", outputs(*arguments, reset="never"),
                "The rows are right now. But the second epoch begins with the state that the first has ended with: "
                "the end of the series goes on into its beginning. Where in the loops does an epoch begin?",
            ),
            Mistake(
                "last-row-for-all", outputs(*arguments, hand_on=of_row(-1)),
                "Each epoch begins at zero now. But every row goes on with the state of the last row of the batch "
                "before. That sample is the neighbour in the batch, not in the lane: row i goes on where row i was.",
            ),
            Mistake(
                "first-row-for-all", outputs(*arguments, hand_on=of_row(0)),
                "Every row goes on with the state of row 0. Each row has a state of its own; hand on all of h.",
            ),
            Mistake(
                "mean-of-rows", outputs(*arguments, hand_on=lambda h: np.full(len(h), h.mean())),
                "The states of a batch are averaged. The loss is; states are not, each row keeps its own.",
            ),
            Mistake(
                "stateless", outputs(*arguments, reset="batch"),
                "The state is zero at the beginning of each batch: that is a layer that is not stateful. Zero is right "
                "at the beginning of an epoch only.",
            ),
            Mistake(
                "no-memory", outputs(*arguments, reset="step"),
                "The state is zero before each timestep, so h is tanh(w · x) of the last row alone. Within a window "
                "and from batch to batch it has to be kept.",
            ),
        )  # fmt: skip
        given = attempt.call("outputs", windows, batch_size, weights=weights, u=u)
        what = f"outputs({samples} windows of {timesteps}, batch_size={batch_size}, weights={weights}, u={u})"
        yield from attempt.expect(given, right, what=what, axes=("epochs", "samples"), mistakes=mistakes)
