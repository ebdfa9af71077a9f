from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message, Mistake

CASES = (
    ([1.4, 0.5, 0.9, 0.8, 0.7, 0.6, 0.55, 0.52], 3),
    ([0.9, 0.7, 0.8, 0.6, 0.65, 0.7, 0.75], 2),
    ([0.5, 0.4, 0.4, 0.4, 0.4, 0.4], 2),
    ([2.0, 1.0, 0.8, 0.7, 0.6, 0.5], 3),
    ([0.3, 0.2, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9], 1),
    ([3.0, 2.0, 2.5, 2.2, 1.9, 2.4, 2.3, 2.1, 2.0, 1.0], 4),
)


def stopped(losses, patience, *, ties=False, previous=False, from_start=False):
    """Last and best epoch, with one rule changed."""
    best, best_epoch, waited, last = float("inf"), 0, 0, float("inf")
    for epoch, loss in enumerate(losses, start=1):
        bound = last if previous else best
        if loss < bound or (ties and loss == bound):
            best, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
            if (epoch if from_start else waited) >= patience:
                return epoch, best_epoch
        last = loss
    return len(losses), best_epoch


def check(attempt: Attempt) -> Iterator[Message]:
    for losses, patience in CASES:
        mistakes = (
            Mistake(
                "one-epoch-late", stopped(losses, patience + 1),
                f"The training ends one epoch late: {patience + 1} epochs without improvement were let pass, and the "
                f"patience is {patience}. After how many of them does your second condition hold?",
            ),
            Mistake(
                "one-epoch-early", stopped(losses, patience - 1),
                f"The training ends one epoch early, after {patience - 1} epochs without improvement; the patience is "
                f"{patience}. How large is `waited` when it has run out?",
            ),
            Mistake(
                "compared-with-the-epoch-before", stopped(losses, patience, previous=True),
                "An epoch counts as an improvement here when it is better than the one before it. A curve that has "
                "jumped up and comes down slowly is no improvement; compare with the lowest loss so far.",
            ),
            Mistake(
                "ties-count", stopped(losses, patience, ties=True),
                "A loss that only equals the lowest one has started the waiting anew. EarlyStopping asks for a loss "
                "that is smaller.",
            ),
            Mistake(
                "improvement-turned", (min(patience, len(losses)), 0),
                "No epoch counts as an improvement here. The best loss so far starts at infinity, and a loss improves "
                "on it when it is smaller, not larger.",
            ),
            Mistake(
                "patience-from-the-start", stopped(losses, patience, from_start=True),
                "The patience is compared with the number of the epoch. It is about the epochs since the last "
                "improvement, which `waited` counts.",
            ),
        )  # fmt: skip
        given = attempt.call("stop_in_time", losses, patience=patience)
        yield from attempt.expect(
            given,
            stopped(losses, patience),
            what=f"stop_in_time({losses}, patience={patience})",
            mistakes=mistakes,
        )
