from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake

EXAMPLE = (
    [np.array([[0.0], [2.0]]), np.array([[9.0]])],
    np.array([4, 7]),
    [np.array([[2.0], [3.0], [4.0]])],
)


def mean_of(sequence):
    return sequence.mean(axis=0)


def last_of(sequence):
    return sequence[-1]


def padded_mean(longest):
    return lambda sequence: sequence.sum(axis=0) / longest


def classified(
    train, labels, test, *, point=mean_of, spread="points", centres="points", pick=np.argmin, power=2
):
    points = np.array([point(sequence) for sequence in train])
    width = {
        "points": points.std(axis=0),
        "frames": np.concatenate(train).std(axis=0),
        "none": np.ones(points.shape[1]),
    }[spread]
    classes = labels if centres == "sequences" else np.unique(labels)
    if centres == "sequences":
        middle = points
    elif centres == "frames":
        middle = np.array([np.concatenate(_of(train, labels, one)).mean(axis=0) for one in classes])
    else:
        middle = np.array([points[labels == one].mean(axis=0) for one in classes])
    distances = (((np.array([point(s) for s in test])[:, None] - middle) / width) ** power).sum(axis=2)
    return classes[pick(distances, axis=1)], pick(distances, axis=1)


def _of(train, labels, one):
    return [sequence for sequence, label in zip(train, labels, strict=True) if label == one]


def voices(seed, classes, scales, num_train, num_test):
    """Sequences whose frames drift, so that their last frame is not their mean, and that lie close together."""
    random = np.random.default_rng(seed)
    scales = np.array(scales)
    centres = random.normal(size=(len(classes), len(scales)))
    own = random.permutation(np.arange(num_train) % len(classes))

    def sequence(of):
        length = int(random.integers(7, 30))
        drift = np.linspace(-1, 1, length)[:, None] * random.normal(size=len(scales)) * 3
        offset = random.normal(size=len(scales)) * (1 + 0.05 * length)
        return ((centres[of] + offset + drift + 1) * scales).round(4)

    train = [sequence(of) for of in own]
    test = [sequence(of) for of in random.integers(0, len(classes), num_test)]
    return train, np.array(classes)[own], test


def mistakes_for(train, labels, test):
    longest = max(len(sequence) for sequence in [*train, *test])
    of = (train, labels, test)
    yield Mistake(
        "place-for-class", classified(*of)[1],
        "That is the place of the nearest centre among the classes, not the class itself. `np.unique` gives the "
        "classes in the same order: look the place up there.",
    )  # fmt: skip
    yield Mistake(
        "farthest", classified(*of, pick=np.argmax)[0],
        "Each sequence gets the class whose centre is farthest away. The nearest has the smallest distance.",
    )  # fmt: skip
    yield Mistake(
        "not-squared", classified(*of, power=1)[0],
        "The differences are added with their signs, so one that is too large makes up for one that is too small. "
        "Square them before they are added.",
    )  # fmt: skip
    yield Mistake(
        "no-spread", classified(*of, spread="none")[0],
        "A feature with large numbers decides alone. Each difference is to be divided by the spread of its own "
        "feature, one number for each.",
    )  # fmt: skip
    yield Mistake(
        "spread-of-frames", classified(*of, spread="frames")[0],
        "The spread is that of all frames. Within a sequence the frames vary more than the means do from one sequence "
        "to the next; take the standard deviation of the training points.",
    )  # fmt: skip
    yield Mistake(
        "weighted-by-length", classified(*of, centres="frames")[0],
        "A centre here is the mean of all frames of its class, in which a long sequence weighs more than a short one. "
        "It is to be the mean of the points: each sequence counts once.",
    )  # fmt: skip
    yield Mistake(
        "padding-in-the-mean", classified(*of, point=padded_mean(longest))[0],
        "The points are means over padded sequences: zeros are averaged in, and the more the shorter a sequence is. "
        "A mean needs no padding; take it over the frames that exist.",
    )  # fmt: skip
    yield Mistake(
        "nearest-sequence", classified(*of, centres="sequences")[0],
        "That is the class of the nearest training sequence. Asked for is the nearest centre: one point for each "
        "class, the mean of its training points.",
    )  # fmt: skip
    yield Mistake(
        "only-last-frame", classified(*of, point=last_of)[0],
        "A sequence is represented by its last frame alone. Its point is the mean of all its frames.",
    )  # fmt: skip


def check(attempt: Attempt) -> Iterator[Message]:
    cases = [
        voices(1, (2, 5, 9), (1.0, 30.0, 0.1), 45, 60),
        voices(2, (0, 1, 2, 3), (5.0, 1.0, 0.2, 1.0), 48, 60),
        EXAMPLE,  # last: with two classes, any mistake gives the other one
    ]
    for train, labels, test in cases:
        given = attempt.call("nearest_speaker", train, labels, test)
        what = f"nearest_speaker({len(train)} training sequences, their classes, {len(test)} test sequences)"
        yield from attempt.expect(
            given, classified(train, labels, test)[0], what=what, axes=("samples",),
            mistakes=tuple(mistakes_for(train, labels, test)),
        )  # fmt: skip
