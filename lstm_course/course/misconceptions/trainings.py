"""Misconceptions about a whole training: its steps, and the epoch at which it ends."""

from __future__ import annotations

from math import ceil

from lstm_course.course.misconceptions.case import Case, Given, Misconception

STEPS = ("all-steps",)
LAST_EPOCH = ("last-epoch",)


def _one_epoch(case: Case) -> Given:
    return case.prediction.steps_per_epoch


def _samples_times_epochs(case: Case) -> Given:
    return case.samples * case.prediction.exp.epochs


def _rounded_down(case: Case) -> Given:
    return case.samples // case.prediction.exp.batch_size * case.prediction.exp.epochs


def _rounded_at_the_end(case: Case) -> Given:
    return ceil(case.samples * case.prediction.exp.epochs / case.prediction.exp.batch_size)


TRAINING_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "steps-of-one-epoch", "an epoch is the whole training", STEPS, _one_epoch,
        "{given} are the steps of one epoch. All {epochs} epochs have {right}.",
    ),
    Misconception(
        "a-step-for-each-sample", "each sample is a step", STEPS, _samples_times_epochs,
        "{given} would be one step for each sample. A step takes a batch of {batch_size}: {right} in all.",
    ),
    Misconception(
        "smaller-batch-left-out", "what does not fill a batch is left out", STEPS, _rounded_down,
        "{given} leaves out the last batch of each epoch, which is smaller but counts as a step: {right}.",
    ),
    Misconception(
        "rounded-up-at-the-end", "a batch may hold samples of two epochs", STEPS, _rounded_at_the_end,
        "{given} rounds up once, for all epochs together. Each epoch ends with a batch of its own, full or not: "
        "{steps_per_epoch} × {epochs} = {right}.",
    ),
    Misconception(
        "epochs-for-all-steps", "an epoch is one step", STEPS, lambda case: case.prediction.exp.epochs,
        "{epochs} is the number of epochs. Each of them has {steps_per_epoch} steps: {right}.",
    ),
    Misconception(
        "ends-at-the-best-epoch", "training ends with the best epoch", LAST_EPOCH, lambda case: case.figures["best"],
        "In epoch {best} nobody knows yet that it is the best one. That is what the patience of {patience} is for: "
        "the training goes on until epoch {right}.",
    ),
    Misconception(
        "patience-from-the-start", "patience counts epochs from the first", LAST_EPOCH,
        lambda case: case.figures["patience"],
        "The patience counts epochs without a new lowest value, and begins anew with each one. The last such value "
        "came in epoch {best}: {best} + {patience} = {right}.",
    ),
    Misconception(
        "one-epoch-past-patience", "patience must be exceeded", LAST_EPOCH, lambda case: case.number + 1,
        "One too many: after {patience} epochs without a new lowest value the patience is used up, and no further one "
        "begins. {right}.",
    ),
    Misconception(
        "best-epoch-counts-as-waiting", "the best epoch is the first of the wait", LAST_EPOCH,
        lambda case: case.number - 1,
        "One too few: the wait begins with the epoch after the best one, {best} + 1, and has {patience} epochs. "
        "{right}.",
    ),
)  # fmt: skip
