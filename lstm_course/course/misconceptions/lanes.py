"""Misconceptions about the lanes of a kept state, and what passes from batch to batch."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Misconception

LANE_SAMPLE = ("lane-sample",)
LANE_ROWS = ("lane-rows",)
LANE_SIZE = ("lane-size",)
REST = ("rest",)
REACH = ("gradient-reach",)


def _size(case: Case) -> int:
    return case.prediction.exp.batch_size


LANE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "lane-is-one-batch", "a lane reads one sample after the other", LANE_SAMPLE, lambda case: 2,
        "Sample 2 stands in the first batch, two rows below. A lane is read from batch to batch, and a batch takes "
        "{batch_size} samples: {right}.",
    ),
    Misconception(
        "lane-second-batch", "the third batch begins after one", LANE_SAMPLE, _size,
        "Sample {batch_size} begins the second batch. Two batches of {batch_size} come before the third: {right}.",
    ),
    Misconception(
        "lane-fourth-batch", "the third batch begins after three", LANE_SAMPLE, lambda case: 3 * _size(case),
        "Three batches would have to be over for that. The third begins after two: 2 × {batch_size} = {right}.",
    ),
    Misconception(
        "lane-from-one", "samples are counted from 1", LANE_SAMPLE, lambda case: case.number + 1,
        "Counted from 0, the two batches before hold samples 0 to one less than {right}, so {right} comes next.",
    ),
    Misconception(
        "lane-moves-one-window", "the lane moves on by one window", LANE_ROWS,
        lambda case: case.figures["rows_apart"],
        "That is from one window to the next. In the same row, the next batch holds the window that is {batch_size} "
        "windows further on: {right}.",
    ),
    Misconception(
        "lane-moves-windows", "windows are rows", LANE_ROWS, _size,
        "The lane moves on by {batch_size} windows, and each is {rows_apart} rows further on than the one before: "
        "{right}.",
    ),
    Misconception(
        "lane-moves-its-window", "a lane always continues", LANE_ROWS, lambda case: case.prediction.exp.timesteps,
        "{timesteps} rows are the length of a window. Nothing makes the lane move on by just that many; it moves on by "
        "{batch_size} windows: {right}.",
    ),
    Misconception(
        "lane-size-one", "one sample a batch always continues", LANE_SIZE, lambda case: 1,
        "With one sample in a batch the lane moves on by 1 row, and reads most rows of its window again. It has to "
        "move on by a whole window: {right}.",
    ),
    Misconception(
        "lane-size-next", "the next window begins one row further", LANE_SIZE, lambda case: case.number + 1,
        "Then one row is skipped: a window that begins at row r ends with row r + {timesteps} − 1, and the next begins "
        "at r + {timesteps}. So {right}.",
    ),
    Misconception(
        "lane-size-of-now", "the window is as long as it was", LANE_SIZE, lambda case: case.number // 2,
        "{given} fits your window of now. The one supposed has {timesteps} timesteps, and the lane has to move on by "
        "all of them: {right}.",
    ),
    Misconception(
        "rest-is-what-is-missing", "the rest is what the last batch lacks", REST,
        lambda case: _size(case) - case.number,
        "That many are missing to fill the last batch. Left over are {right} of the {num_windows} samples.",
    ),
    Misconception(
        "rest-is-the-quotient", "the rest is the number of batches", REST, lambda case: case.samples // _size(case),
        "That is how many full batches there are. They take {full_batches} × {batch_size} samples, and leave {right}.",
    ),
    Misconception(
        "gradient-follows-the-state", "the gradient follows the state", REACH, lambda case: 0,
        "The state of the windows before arrives as plain numbers, and the gradient stops there. Two of the three "
        "windows are out of reach: {right}.",
    ),
    Misconception(
        "reach-for-the-rest", "what is reached is what is not", REACH,
        lambda case: case.prediction.exp.timesteps,
        "{given} rows are what it does reach: the third window. The two before it are out of reach: {right}.",
    ),
    Misconception(
        "nothing-is-reached", "the gradient reaches no row", REACH,
        lambda case: 3 * case.prediction.exp.timesteps,
        "Within its own window the gradient goes back from timestep to timestep, as in any recurrent layer. Only the "
        "two windows before are out of reach: {right}.",
    ),
)  # fmt: skip
