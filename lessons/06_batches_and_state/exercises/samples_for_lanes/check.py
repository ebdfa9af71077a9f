from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, Mistake


def check(attempt: Attempt) -> Iterator[Message]:
    for num_samples, batch_size in ((7, 2), (20, 4), (29, 6), (5, 1), (47, 12), (6, 6)):
        num_batches = num_samples // batch_size
        used = num_batches * batch_size
        lanes = np.arange(used).reshape(batch_size, num_batches)
        right = lanes.T.ravel()
        rest = np.arange(used, num_samples)
        overlapping = [start + lane for start in range(num_batches) for lane in range(batch_size)]
        mistakes = (
            Mistake(
                "not-reordered", np.arange(used),
                "The samples are in their old order, so the lanes are too: row 0 holds sample 0, then sample "
                f"{batch_size}, and skips what lies between. Lane by lane is not batch by batch: a batch takes one "
                "sample of each lane.",
            ),
            Mistake(
                "not-reordered", np.arange(num_samples),
                "The samples are in their old order, and a batch that is not full is still among them.",
            ),
            Mistake(
                "other-way-round", np.arange(used).reshape(num_batches, batch_size).T.ravel(),
                "The two axes have changed roles: you have laid out as many lanes as there are batches. Each lane is "
                f"{num_batches} samples long, and there are {batch_size} of them.",
            ),
            Mistake(
                "still-two-axes", lanes.T,
                "The order is right, with a line for each batch. Return it as an array of one axis; it is cut into "
                "batches later.",
            ),
            Mistake(
                "lanes-as-lines", lanes,
                "Each line is a lane, that is right. What is asked for is the order of reading, in one axis: the first "
                "sample of every lane, then the second of every lane.",
            ),
            Mistake(
                "first-left-off", lanes.T.ravel() + len(rest),
                "The earliest samples are left off. Here it should be the latest, those behind the last full batch.",
            ),
            Mistake(
                "rest-kept", np.concatenate([right, rest]),
                f"{len(rest)} samples do not fill a batch, and are still there. The kept state has {batch_size} rows "
                "and needs as many samples.",
            ),
            Mistake(
                "overlapping", overlapping,
                "Each batch begins one sample after the last one, so most samples are read several times. Each sample "
                "belongs to one lane only.",
            ),
        )  # fmt: skip
        given = attempt.call("samples_for_lanes", num_samples, batch_size)
        what = f"samples_for_lanes({num_samples}, {batch_size})"
        yield from attempt.expect(given, right, what=what, axes=("samples",), mistakes=mistakes)
