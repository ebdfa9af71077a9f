from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

EXAMPLE = [np.array([[1.0], [3.0]]), np.array([[2.0]])]


def filled(sequences, timesteps, front=False):
    X = np.zeros((len(sequences), timesteps, sequences[0].shape[1]))
    for sample, sequence in zip(X, sequences, strict=True):
        start = timesteps - len(sequence) if front else 0
        sample[start : start + len(sequence)] = sequence
    return X


def scaled(sequences, mean, deviation):
    return [(sequence - mean) / deviation for sequence in sequences]


def by_value(padded, each_number):
    """The scale of what is not 0 in the padded array, and 0 where it is."""
    real = (
        padded != 0 if each_number else (padded != 0).any(axis=-1, keepdims=True) & np.ones_like(padded, bool)
    )
    mean, deviation = padded.mean(axis=(0, 1), where=real), padded.std(axis=(0, 1), where=real)
    return np.where(real, (padded - mean) / deviation, 0.0)


def mistakes_for(sequences, timesteps):
    frames, padded = np.concatenate(sequences), filled(sequences, timesteps)
    mean, deviation = padded.mean(axis=(0, 1)), padded.std(axis=(0, 1))
    yield Mistake(
        "padding-scaled", (padded - mean) / deviation,
        "The padding was scaled together with the frames: it is no longer 0, and a mask that looks for 0 does not find "
        "it. Scale first, then fill up.",
    )  # fmt: skip
    yield Mistake(
        "padding-in-the-scale", filled(scaled(sequences, mean, deviation), timesteps),
        "The padding is 0 now. But mean and standard deviation still come from the padded array, in which the zeros "
        "count as frames. Take them from the real frames alone.",
    )  # fmt: skip
    right = scaled(sequences, frames.mean(axis=0), frames.std(axis=0))
    yield Mistake(
        "only-the-mean-divided",
        filled([s - frames.mean(axis=0) / frames.std(axis=0) for s in sequences], timesteps),
        "Only the mean is divided by the deviation: `/` comes before `-`. Put the difference in brackets.",
    )
    for each_number in (True, False):
        yield Mistake(
            "zeros-taken-for-padding", by_value(padded, each_number),
            "A frame that was measured as 0 is taken for padding, because both are 0 in the padded array. Which "
            "timesteps are padding is known from the lengths, before anything is filled up.",
        )  # fmt: skip
    yield Mistake(
        "padded-in-front", filled(right, timesteps, front=True),
        "The scale is right, but the sequences are filled up in front; asked for is behind.",
    )  # fmt: skip
    yield Mistake(
        "one-scale-for-all", filled(scaled(sequences, frames.mean(), frames.std()), timesteps),
        "All features share one mean and one deviation. Each has its own: `axis=0` of (frames, features).",
    )  # fmt: skip
    if all(len(sequence) > 1 for sequence in sequences):
        alone = [(s - s.mean(axis=0)) / s.std(axis=0) for s in sequences]
        yield Mistake(
            "scaled-apart", filled(alone, timesteps),
            "Each sequence is scaled by its own frames, so all of them get the mean 0: what told the speakers apart is "
            "gone. One mean and one deviation for all sequences.",
        )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    random = np.random.default_rng(4)
    spoken = [
        (random.normal((3.0, -40.0, 0.5), (1.0, 9.0, 0.1), (length, 3)).round(3)) for length in (7, 4, 5)
    ]
    other = [random.normal((-2.0, 6.0), (0.4, 2.0), (length, 2)).round(3) for length in (3, 9, 2, 6)]
    other[1][4] = other[3][0, 1] = 0.0  # readings, not padding
    for sequences, timesteps in ((spoken, 7), (other, 12), (EXAMPLE, 2)):
        frames = np.concatenate(sequences)
        right = filled(scaled(sequences, frames.mean(axis=0), frames.std(axis=0)), timesteps)
        lengths = ", ".join(str(len(sequence)) for sequence in sequences)
        yield from attempt.expect(
            attempt.call("scale_and_pad", sequences, timesteps), right,
            what=f"scale_and_pad(sequences of {lengths} frames, timesteps={timesteps})",
            axes=("samples", "timesteps", "features"), mistakes=tuple(mistakes_for(sequences, timesteps)),
        )  # fmt: skip
    for value in (0.0, -10.0):
        padded = random.normal(size=(3, 6, 3)).round(3)
        padded[0, 4:] = padded[1, 2:] = value  # padding
        padded[2, 1, 0] = padded[2, 3, 1:] = padded[0, 0, 2] = (
            value  # frames in which some features equal the value
        )
        yield from _mask(attempt, padded, value)


def _mask(attempt, padded, value):
    right = (padded != value).any(axis=-1)
    what = f"mask_of(padded of shape {padded.shape}, value={value})"
    given = attempt.call("mask_of", padded, value)
    mistakes = (
        Mistake(
            "mask-by-any", (padded != value).all(axis=-1),
            f"A frame in which one feature is {value} is masked as well. Only a timestep whose features are all "
            f"{value} is padding.",
        ),
        Mistake(
            "mask-inverted", ~right,
            "True and False have changed places. In Keras, True marks the timesteps that are read.",
        ),
        Mistake(
            "mask-keeps-features", padded != value,
            f"The mask has the shape {padded.shape}, one entry for each number. It holds one for each timestep: "
            f"{right.shape}.",
        ),
    )  # fmt: skip
    yield from attempt.expect(given, right, what=what, axes=("samples", "timesteps"), mistakes=mistakes)
