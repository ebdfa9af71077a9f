from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message

EXAMPLE = np.array([[[3.9, 18.2], [3.7, 17.9]], [[3.7, 17.9], [3.5, 17.6]], [[3.5, 17.6], [3.3, 16.8]]])


def windows(num_rows, timesteps, num_features, seed):
    rows = np.random.default_rng(seed).normal(size=(num_rows, num_features)).cumsum(axis=0).round(3)
    starts = np.arange(num_rows - timesteps)
    return rows[starts[:, None] + np.arange(timesteps)], rows[timesteps:, 0]


def leaking(timesteps, num_features, place, seed, noise=0.0):
    """Windows whose labels stand at a place, up to a rounding error."""
    X, _ = windows(30, timesteps, num_features, seed)
    return X, X[:, place[0], place[1]] + noise


def by_chance(place, seed):
    """Sound labels, of which half happen to stand at a place of their window."""
    X, y = windows(24, 4, 2, seed)
    y = y.copy()
    y[::2] = X[::2, place[0], place[1]]
    return X, y


def spread(seed):
    """Labels that stand in each window, but at another place each time."""
    X, _ = windows(24, 4, 2, seed)
    return X, np.array([sample[number % 4, number % 2] for number, sample in enumerate(X)])


def near(seed):
    """Labels that lie at one place of every window but for 0.000005, among values of about 20."""
    X, _ = windows(30, 5, 2, seed)
    X = X + 20
    return X, X[:, 3, 1] + 5e-6


def all_but_one(seed):
    """Labels that stand at one place of every window but one, which misses it by little."""
    X, y = leaking(5, 2, (2, 1), seed)
    return X, y + np.where(np.arange(len(y)) == 12, 2e-5, 0.0)


def cases():
    yield "the example", EXAMPLE, np.array([3.7, 3.5, 3.3]), (1, 0)
    yield "the example with sound labels", EXAMPLE, np.array([3.5, 3.3, 3.2]), None
    yield "labels from another column", *leaking(5, 3, (4, 2), seed=1), (4, 2)
    yield "labels from the middle of the window", *leaking(6, 2, (2, 0), seed=2), (2, 0)
    yield "labels from the first row of another column", *leaking(4, 2, (0, 1), seed=8), (0, 1)
    yield "sound labels", *windows(40, 7, 3, seed=3), None
    yield "labels that match by chance in half of the samples", *by_chance((3, 0), seed=4), None
    yield "labels that match somewhere else in each sample", *spread(seed=5), None
    yield "labels with a rounding error", *leaking(5, 2, (4, 0), seed=6, noise=4e-8), (4, 0)
    yield "labels that are near, but not equal", *near(seed=9), None
    yield "labels that match in all samples but one", *all_but_one(seed=10), None


def check(attempt: Attempt) -> Iterator[Message]:
    for about, X, y, place in cases():
        given = attempt.call("find_leak", X, y)
        given = given.tolist() if isinstance(given, np.ndarray) else given  # an array may be the pair
        yield from _judge(about, given, place, X)


def _is_place(given):
    return (
        isinstance(given, tuple | list) and len(given) == 2 and all(type(number) is int for number in given)
    )


def _judge(about, given, place, X):
    if given is not None and not _is_place(given):
        yield Message(
            "not-a-place",
            f"For {about} `find_leak(X, y)` gives {given!r:.80}; expected was a pair of whole numbers, "
            "`(timestep, feature)`, or `None`.",
        )
    elif place is None and given is not None:
        yield _false_alarm(about, given)
    elif place is not None and given is None:
        yield _missed(about, place, X)
    elif given is not None and tuple(given) != place:
        yield _elsewhere(about, tuple(given), place)


def _elsewhere(about, given, place):
    if given == place[::-1]:
        return Message(
            "feature-first",
            "Timestep and feature are swapped: the timestep comes first, as in the axes of X.",
        )
    return Message(
        "wrong-place",
        f"For {about} the label stands at {place}, (timestep, feature) counted from 0; you found {given}.",
    )


def _false_alarm(about, given):
    if about == "labels that match by chance in half of the samples":
        return Message(
            "some-samples",
            f"For {about} the alarm went off: {given}. Some samples hold their label there, but not all. "
            "The network can "
            "copy only what stands at that place every time.",
        )
    if about == "labels that match somewhere else in each sample":
        return Message(
            "somewhere",
            f"For {about} the alarm went off: {given}. Each window holds its label, but never at one fixed "
            "place; look at "
            "each place over all samples, not at each sample over all places.",
        )
    if about == "labels that are near, but not equal":
        return Message(
            "too-tolerant",
            f"For {about} the alarm went off: {given}. They differ by 0.000005, and 0.000001 is allowed. `np.allclose` "
            "and `np.isclose` allow a share of the value as well, unless they are told `rtol=0`.",
        )
    return Message(
        "false-alarm", f"For {about} the alarm went off: {given}. There is no place that all samples share."
    )


def _missed(about, place, X):
    if about == "labels with a rounding error":
        return Message(
            "exact-equality",
            "The labels differ from the window's numbers by 0.00000004, as after scaling there and back. An equality "
            "that is exact, or nearly so, misses that; compare the difference with 0.000001.",
        )
    if place[1] != 0:
        return Message(
            "first-feature-only",
            f"The label stands at timestep {place[0]}, feature {place[1]}, and was not found. Look at every feature of "
            "X, and at every timestep.",
        )
    if place[0] != X.shape[1] - 1:
        return Message(
            "last-timestep-only",
            f"The label stands at timestep {place[0]} of the window, feature {place[1]}, and was not found. Look at "
            "every timestep, not only at the last.",
        )
    return Message("missed", f"For {about} the label stands at {place} in every sample, and was not found.")
