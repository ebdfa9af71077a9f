from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

EXAMPLE = [np.array([[1.86], [1.89], [1.94]]), np.array([[1.30]])]


def padded(sequences, timesteps, value, *, behind=False, first_frames=False, turned=False):
    X = np.full((len(sequences), timesteps, sequences[0].shape[1]), value)
    for sample, sequence in zip(X, sequences, strict=True):
        kept = sequence[:timesteps] if first_frames else sequence[-timesteps:]
        start = 0 if behind else timesteps - len(kept)
        sample[start : start + len(kept)] = kept[::-1] if turned else kept
    return X


def utterances(lengths, features, seed):
    random = np.random.default_rng(seed)
    return [random.normal(size=(length, features)).round(3) for length in lengths]


def check(attempt: Attempt) -> Iterator[Message]:
    cases = [
        (EXAMPLE, 2, 0.0),
        (utterances((7, 12, 10, 3), 3, seed=1), 10, 0.0),
        (utterances((5, 1, 9), 2, seed=2), 6, -10.0),
        (utterances((4, 8), 5, seed=3), 4, 0.5),
    ]
    for sequences, timesteps, value in cases:
        given = attempt.call("pad", sequences, timesteps, value)
        lengths = ", ".join(str(len(sequence)) for sequence in sequences)
        right = padded(sequences, timesteps, value)
        yield from attempt.expect(
            given, right,
            what=f"pad(sequences of {lengths} frames, timesteps={timesteps}, value={value})",
            axes=("samples", "timesteps", "features"),
            mistakes=(
                Mistake(
                    "both-ends-swapped", padded(sequences, timesteps, value, behind=True, first_frames=True),
                    "This is sound padding, on the other side: filled up and cut behind. The task asks for both in "
                    "front, so that the last frame stands at the last timestep.",
                ),
                Mistake(
                    "padded-behind", padded(sequences, timesteps, value, behind=True),
                    "Long sequences are cut on the right side, but short ones are filled up behind: their frames begin "
                    "at timestep 0. Their last frame is to stand at the last timestep; count from the end.",
                ),
                Mistake(
                    "last-frames-lost", padded(sequences, timesteps, value, first_frames=True),
                    "Short sequences are right. Of a long one you keep the first frames; the last ones are to stay. "
                    "A negative start counts from the end.",
                ),
                Mistake(
                    "frames-reversed", padded(sequences, timesteps, value, turned=True),
                    "The frames stand where they should, but in reversed order. Only the place is counted from the "
                    "end, not the frames.",
                ),
                Mistake(
                    "value-ignored", padded(sequences, timesteps, 0.0),
                    f"The places are right, but they are filled with 0.0 instead of value={value}. A Masking layer "
                    "that looks for the value would find none.",
                ),
            ),
        )  # fmt: skip
