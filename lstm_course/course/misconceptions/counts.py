"""Misconceptions about counts: samples, batches, steps, and the sizes of the first axis."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.data import num_windows
from lstm_course.shapes.tensor import BATCH, SAMPLES

WINDOWS = ("windows", "shape")
STEPS = ("steps",)
LAST = ("last-batch",)
TERMS = ("terms",)
FIRST = ("shape", "state")


def _count(size: Callable[[Case], int | None]) -> Callable[[Case], Given | None]:
    """Answer a count of windows with a number, and a shape whose first axis is samples with that shape."""

    def answer(case: Case) -> Given | None:
        number = size(case)
        if number is None or case.prediction.facts.is_sequences:
            return None
        return number if case.quantity.about == "windows" else case.with_axis(SAMPLES, number)

    return answer


def _first(size: Callable[[Case], int]) -> Callable[[Case], Given | None]:
    return lambda case: case.with_axis(BATCH, size(case))


def _span(case: Case) -> int:
    return case.rows - case.prediction.exp.timesteps - case.prediction.exp.horizon


def _without_label(case: Case) -> int:
    exp = case.prediction.exp
    return (case.rows - exp.timesteps) // exp.stride + 1


def _label_twice(case: Case) -> int:
    exp = case.prediction.exp
    return (_span(case) - exp.horizon) // exp.stride + 1


def _whole_series(case: Case) -> int:
    exp = case.prediction.exp
    return num_windows(case.prediction.facts.num_rows, exp.timesteps, exp.horizon, exp.stride)


def _no_stride(case: Case) -> int | None:
    return _span(case) + 1 if case.prediction.exp.stride > 1 else None


def _rounded_up(case: Case) -> int | None:
    exp = case.prediction.exp
    return ceil(_span(case) / exp.stride) + 1 if exp.stride > 1 else None


def _stride_is_timesteps(case: Case) -> int:
    exp = case.prediction.exp
    return num_windows(case.rows, exp.timesteps, exp.horizon, exp.timesteps)


def _without_gaps(case: Case) -> int | None:
    train = case.prediction.facts.part("train")
    return train.num_samples + train.num_dropped if train.num_dropped else None


def _all_parts(case: Case) -> int:
    return sum(part.num_samples for part in case.prediction.facts.parts)


def _batches(case: Case, samples: int) -> int:
    return ceil(samples / case.prediction.exp.batch_size)


def _elementwise(case: Case) -> Given | None:
    comparison = case.prediction.comparison
    return comparison.num_labels if comparison else None


def _outputs(case: Case) -> Given | None:
    comparison = case.prediction.comparison
    return comparison.output.size if comparison else None


def _per_sample(case: Case) -> Given | None:
    return case.prediction.label.shape[0]


COUNT_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "fence-posts", "the number of steps is the number of windows", WINDOWS, _count(lambda case: case.samples - 1),
        "One short: between the first window and the last lie that many moves, and a window more than "
        "moves. {window_formula}.",
    ),
    Misconception(
        "one-window-too-many", "a window may end at the last row", WINDOWS, _count(lambda case: case.samples + 1),
        "One too many: behind the last window there must still be a row for its label. {window_formula}.",
    ),
    Misconception(
        "label-row-forgotten", "a window needs no room for its label", WINDOWS, _count(_without_label),
        "A window needs {timesteps} rows, and {horizon} more for its label; you left no room for the "
        "label. {window_formula}.",
    ),
    Misconception(
        "label-row-twice", "the label takes its rows twice", WINDOWS, _count(_label_twice),
        "The label's rows were taken off twice: the formula already counts them once. {window_formula}.",
    ),
    Misconception(
        "one-window-per-row", "every row is a sample", WINDOWS, _count(lambda case: case.rows),
        "Not every one of the {train_rows} rows can begin a window: the last {window_rows} rows leave room "
        "for one only. {window_formula}.",
    ),
    Misconception(
        "rows-minus-timesteps-and-horizon", "rows minus window and label are the windows", WINDOWS, _count(_span),
        "The rows that are left over are the moves, not the windows: add the first window. {window_formula}.",
    ),
    Misconception(
        "reshape-makes-windows", "reshape makes windows", WINDOWS,
        _count(lambda case: case.rows // case.prediction.exp.timesteps),
        "That is a reshape: it cuts the rows into pieces side by side and asks for no label. Windows "
        "overlap; the next one begins {stride_text} on. {window_formula}.",
    ),
    Misconception(
        "windows-side-by-side", "windows do not overlap", WINDOWS, _count(_stride_is_timesteps),
        "Windows overlap: the next one begins {stride_text} on, not {timesteps}. {window_formula}.",
    ),
    Misconception(
        "split-forgotten", "the whole series is for training", WINDOWS, _count(_whole_series),
        "The whole series of {num_rows} rows would give that many. Only the {train_rows} training rows are "
        "meant: {window_formula}.",
    ),
    Misconception(
        "rows-of-the-series", "there are as many samples as rows", WINDOWS,
        _count(lambda case: case.prediction.facts.num_rows),
        "{num_rows} are the rows of the whole series. A sample is a window of {timesteps} of them, from "
        "the {train_rows} training rows: {window_formula}.",
    ),
    Misconception(
        "all-parts-together", "validation and test samples are trained on too", WINDOWS, _count(_all_parts),
        "Those are the samples of all three parts. Training sees only its own: {window_formula}.",
    ),
    Misconception(
        "stride-ignored", "windows always move on by one row", WINDOWS, _count(_no_stride),
        "With a stride of {stride} the window moves on {stride} rows at a time: {window_formula}.",
    ),
    Misconception(
        "stride-rounded-up", "a part of a stride counts", WINDOWS, _count(_rounded_up),
        "The last move would go past the end, so the division is rounded down: {window_formula}.",
    ),
    Misconception(
        "gaps-ignored", "windows with a gap count", WINDOWS, _count(_without_gaps),
        "{dropped_windows} windows hold a missing value and are left out: {window_formula}.",
    ),
    Misconception(
        "batch-for-samples", "samples and batch are the same", WINDOWS,
        _count(lambda case: case.prediction.exp.batch_size),
        "{batch_size} is the batch_size, how many samples are taken at a time. Here all samples are meant: "
        "{right}.",
    ),
    Misconception(
        "samples-for-batch", "the batch holds all samples", FIRST, _first(lambda case: case.samples),
        "All {num_windows} samples do not go in at once: a batch holds {batch} of them, so {right}.",
    ),
    Misconception(
        "one-for-batch", "a batch is one sample", FIRST, _first(lambda case: 1),
        "A batch holds {batch} samples here, all of them worked on at once: {right}.",
    ),
    Misconception(
        "steps-for-batch", "the batch axis counts batches", FIRST, _first(lambda case: case.prediction.steps_per_epoch),
        "There are {steps_per_epoch} batches in an epoch, but the axis counts the samples in one of them, "
        "{batch}: {right}.",
    ),
    Misconception(
        "rows-for-batch", "a batch holds rows", FIRST, _first(lambda case: case.rows),
        "The rows became samples below; a batch holds {batch} of the {num_windows} samples: {right}.",
    ),
    Misconception(
        "last-batch-dropped", "a batch that is not full is left out", STEPS,
        lambda case: case.samples // case.prediction.exp.batch_size,
        "The last batch counts too, although it holds only {last_batch} samples: ⌈{num_windows} / "
        "{batch_size}⌉ = {right}.",
    ),
    Misconception(
        "step-per-sample", "each sample is a step", STEPS, lambda case: case.samples,
        "One gradient step uses a whole batch of {batch_size} samples: ⌈{num_windows} / {batch_size}⌉ = {right}.",
    ),
    Misconception(
        "batch-size-for-steps", "batch_size is the number of batches", STEPS,
        lambda case: case.prediction.exp.batch_size,
        "batch_size is how many samples a batch holds, not how many batches there are: ⌈{num_windows} / "
        "{batch_size}⌉ = {right}.",
    ),
    Misconception(
        "steps-of-all-epochs", "steps per epoch covers the training", STEPS,
        lambda case: case.prediction.steps_per_epoch * case.prediction.exp.epochs,
        "Those are the steps of all {epochs} epochs. One epoch goes through the samples once: {right}.",
    ),
    Misconception(
        "epochs-for-steps", "an epoch is one step", STEPS, lambda case: case.prediction.exp.epochs,
        "{epochs} is the number of epochs. Each of them takes ⌈{num_windows} / {batch_size}⌉ = {right} steps.",
    ),
    Misconception(
        "steps-from-rows", "batches are made of rows", STEPS, lambda case: _batches(case, case.rows),
        "Batches are made of samples, not of rows: there are {num_windows} samples, so ⌈{num_windows} / "
        "{batch_size}⌉ = {right}.",
    ),
    Misconception(
        "steps-from-all-rows", "all rows of the series are trained on", STEPS,
        lambda case: _batches(case, case.prediction.facts.num_rows),
        "Neither rows nor the whole series: the {num_windows} training samples are batched, ⌈{num_windows} "
        "/ {batch_size}⌉ = {right}.",
    ),
    Misconception(
        "steps-of-all-parts", "validation and test samples take steps too", STEPS,
        lambda case: _batches(case, _all_parts(case)),
        "Only the {num_windows} training samples take gradient steps: ⌈{num_windows} / {batch_size}⌉ = {right}.",
    ),
    Misconception(
        "one-step-too-many", "a rest always makes one batch more", STEPS,
        lambda case: case.samples // case.prediction.exp.batch_size + 1,
        "{num_windows} divides by {batch_size} without a rest, so no further batch follows: {right}.",
    ),
    Misconception(
        "last-batch-full", "every batch is full", LAST, lambda case: case.prediction.exp.batch_size,
        "The {full_batches} full batches leave {right} of the {num_windows} samples for the last one.",
    ),
    Misconception(
        "last-batch-empty", "the rest of the division is the last batch, also when it is 0", LAST,
        lambda case: case.samples % case.prediction.exp.batch_size,
        "{num_windows} divides by {batch_size} without a rest: the last batch is as full as the others, {right}.",
    ),
    Misconception(
        "last-batch-lacks", "the last batch is what is missing", LAST,
        lambda case: -case.samples % case.prediction.exp.batch_size,
        "That many samples are missing to fill the last batch; {right} are in it.",
    ),
    Misconception(
        "last-batch-of-rows", "batches are made of rows", LAST, lambda case: case.rows % case.prediction.exp.batch_size,
        "Batches are made of the {num_windows} samples, not of the {train_rows} rows: the last one holds {right}.",
    ),
    Misconception(
        "terms-are-labels", "each label is compared once", TERMS, _elementwise,
        "That is one term for each label. Labels {label_shape} and output {output_shape} are first "
        "stretched to one shape, so {right} pairs are compared.",
    ),
    Misconception(
        "terms-are-outputs", "each output is compared once", TERMS, _outputs,
        "That is one term for each output. Labels {label_shape} and output {output_shape} are first "
        "stretched to one shape, so {right} pairs are compared.",
    ),
    Misconception(
        "terms-are-samples", "the loss has one term a sample", TERMS, _per_sample,
        "There are {batch} samples in the batch, but the loss averages over every pair of numbers: {right} "
        "of them.",
    ),
)  # fmt: skip
