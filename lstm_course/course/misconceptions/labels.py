"""Misconceptions about labels that a step imagines: their rows, their shape, the terms of a mismatch.

The kinds of quantity are those that such a question names; the experiment itself may have other labels.
"""

from __future__ import annotations

from collections.abc import Callable

from lstm_course.course.misconceptions.case import Case, Given, Misconception

ROW = ("first-label-row",)
EVERY = ("labels-every-timestep",)
TWO = ("labels-two-targets",)
INTEGERS = ("labels-class",)
ONE_HOT = ("labels-one-hot",)
TERMS = ("terms-of-mismatch",)


def _shape(make: Callable[..., Given]) -> Callable[[Case], Given | None]:
    """Answer with a shape made of the sizes of the right one."""
    return lambda case: make(*case.tensor.shape)


def _two_steps(make: Callable[[int, int], Given]) -> Callable[[Case], Given | None]:
    """Answer with a shape made of batch and horizon."""
    return lambda case: make(case.tensor.shape[0], case.prediction.exp.horizon)


def _terms(make: Callable[[int, int], int]) -> Callable[[Case], Given | None]:
    """Answer with a count made of batch and timesteps."""
    return lambda case: make(case.prediction.label.shape[0], case.prediction.exp.timesteps)


def _swapped(case: Case) -> Given | None:
    horizon = case.prediction.exp.horizon
    return (case.tensor.shape[0], 2, horizon) if horizon > 1 else None


def _all_samples(case: Case) -> Given | None:
    return (case.samples, *case.tensor.shape[1:])


LABEL_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "label-row-inside-window", "the label is the window's last row", ROW, lambda case: case.number - 1,
        "Row {given} is the last row of the window itself: the network could copy its answer. Rows 0 to {given} "
        "go in, so the label is row {right}.",
    ),
    Misconception(
        "label-row-skipped", "counting begins at 1", ROW, lambda case: case.number + 1,
        "One row too far: row {right} would be neither in the window nor a label. The window's last row is "
        "{last_timestep}.",
    ),
    Misconception(
        "last-label-for-first", "the label is the end of the horizon", ROW,
        lambda case: case.number + case.prediction.exp.horizon - 1,
        "That is the last of the {horizon} labels. The first one follows the window directly: row {right}.",
    ),
    Misconception(
        "every-timestep-flat", "a number needs no axis", EVERY, _shape(lambda batch, steps, targets: (batch, steps)),
        "The output at each timestep is a vector, here of one number, so the labels have a last axis of size 1: "
        "{right}. (Keras would add it by itself; elsewhere it goes wrong in silence.)",
    ),
    Misconception(
        "every-timestep-once", "a sample has one label", EVERY, _shape(lambda batch, steps, targets: (batch, targets)),
        "That is one label for each sample. Here each of its {timesteps} timesteps has one: {right}.",
    ),
    Misconception(
        "every-timestep-without-batch", "labels are those of one sample", EVERY,
        _shape(lambda batch, steps, targets: (steps, targets)),
        "That is one sample. A batch holds {batch} of them: {right}.",
    ),
    Misconception(
        "two-targets-joined", "steps and targets share an axis", TWO,
        _two_steps(lambda batch, steps: (batch, 2 * steps)),
        "The count is right, but steps ahead and columns are two axes: {right}. A Dense head gives them side by side; "
        "Reshape then parts them.",
    ),
    Misconception(
        "two-targets-swapped", "targets come before steps", TWO, _swapped,
        "Time comes before what is measured, as in the inputs: {right}.",
    ),
    Misconception(
        "second-target-forgotten", "another target adds nothing", TWO, _two_steps(lambda batch, steps: (batch, steps)),
        "That holds one column. Each step ahead has two values: {right}.",
    ),
    Misconception(
        "class-as-one-hot", "a class label has a column for each class", INTEGERS,
        _shape(lambda batch: (batch, 5)),
        "That is one-hot. A class number is a single integer for each sample: {right}.",
    ),
    Misconception(
        "class-with-axis", "one number needs an axis of size 1", INTEGERS, _shape(lambda batch: (batch, 1)),
        "sparse_categorical_crossentropy would take that too. Here the labels are one integer for each sample, "
        "without a further axis: {right}.",
    ),
    Misconception(
        "classes-for-samples", "labels count the classes", (*INTEGERS, *ONE_HOT), lambda case: (5,),
        "5 is the number of classes. The first axis counts the samples of the batch, {batch}: {right}.",
    ),
    Misconception(
        "one-hot-as-integer", "a class is one number", ONE_HOT, _shape(lambda batch, classes: (batch,)),
        "Those are class numbers. One-hot gives each class a column: {right}.",
    ),
    Misconception(
        "one-hot-single-column", "a class is one number", ONE_HOT, _shape(lambda batch, classes: (batch, 1)),
        "A single column holds class numbers, or yes and no. One-hot gives each class a column of its own: {right}.",
    ),
    Misconception(
        "all-samples-for-batch", "a batch holds all samples", (*EVERY, *TWO, *INTEGERS, *ONE_HOT), _all_samples,
        "Those are the labels of all {num_windows} training samples. A batch holds {batch} of them: {right}.",
    ),
    Misconception(
        "mismatch-term-per-sample", "the loss has one term a sample", TERMS, _terms(lambda batch, steps: batch),
        "So it should be. But shapes are compared from the back, so the {batch} labels meet the last axis of the "
        "output, of size 1, and every output meets every label: {right}.",
    ),
    Misconception(
        "mismatch-term-per-output", "each output is compared once", TERMS, _terms(lambda batch, steps: batch * steps),
        "There are that many outputs. But each of them is compared with all {batch} labels, not with one: {right}.",
    ),
    Misconception(
        "mismatch-without-timesteps", "every label meets every sample once", TERMS,
        _terms(lambda batch, steps: batch * batch),
        "Every label does meet every sample, but a sample has {timesteps} outputs here: {right}.",
    ),
)  # fmt: skip
