from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message, Mistake

CASES = (
    (10, 4, False), (10, 4, True), (84, 16, False), (84, 12, True), (85, 12, True), (7, 7, False), (3, 8, False),
    (3, 8, True), (9, 1, True), (23, 5, True),
)  # fmt: skip


def batches(num_samples, batch_size, first=0, step=None, past=False, named=False):
    found = []
    for start in range(first, num_samples, step or batch_size):
        stop = start + batch_size if past else min(start + batch_size, num_samples)
        found.append((start, stop - named))
    return found


def check(attempt: Attempt) -> Iterator[Message]:
    for num_samples, batch_size, stateful in CASES:
        rest = num_samples % batch_size
        first = rest if stateful else 0
        mistakes = [
            Mistake(
                "past-the-end", batches(num_samples, batch_size, first, past=True),
                f"The last batch ends beyond the {num_samples} samples. A slice would forgive it; whoever counts the "
                "samples of a batch from these numbers gets too many. Its stop is the smaller of two numbers.",
            ),
            Mistake(
                "batches-overlap", batches(num_samples, batch_size, first, step=1),
                "A batch begins at every sample. That is how windows move over rows; batches lie side by side, so each "
                "sample is in one of them only.",
            ),
            Mistake(
                "last-one-named", batches(num_samples, batch_size, first, named=True),
                "`stop` names the last sample of the batch here. As with `range` and slices, it should be the one "
                "behind it, so that stop - start is the number of samples.",
            ),
        ]  # fmt: skip
        if stateful:
            mistakes += [
                Mistake(
                    "rest-kept", batches(num_samples, batch_size),
                    f"{num_samples} samples in batches of {batch_size} leave {rest}, and they are still there, in a "
                    "batch that is too small. A kept state needs every batch to be full.",
                ),
                Mistake(
                    "left-off-at-the-end",
                    [(start, start + batch_size) for start in range(0, num_samples - rest, batch_size)],
                    f"The last {rest} samples are left off. They are the latest, nearest to what is to be forecast: "
                    "leave off the first ones instead.",
                ),
                Mistake(
                    "what-is-missing", batches(num_samples, batch_size, batch_size - rest),
                    f"{batch_size - rest} samples are left off: that many would be missing to fill the last batch. Too "
                    "many are those that remain when all full batches are taken.",
                ),
                Mistake(
                    "quotient", batches(num_samples, batch_size, num_samples // batch_size),
                    "`num_samples // batch_size` is the number of full batches. What they "
                    "leave over is the other half of the division.",
                ),
            ]  # fmt: skip
        given = attempt.call("batches", num_samples, batch_size, stateful=stateful)
        what = f"batches({num_samples}, {batch_size}, stateful={stateful})"
        yield from attempt.expect(
            given, batches(num_samples, batch_size, first), what=what, mistakes=mistakes
        )
