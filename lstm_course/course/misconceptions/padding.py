"""Misconceptions about sequences that are filled up to one length."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Misconception

FILLED = ("filled-timesteps",)
READ = ("read-timesteps",)


def _timesteps(case: Case) -> int:
    return case.prediction.exp.timesteps


PADDING_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "frames-for-padding", "the frames are what is filled up", FILLED, lambda case: case.figures["frames"],
        "{given} are the frames that are there. Filled up is what they leave of {timesteps_text}: {right}.",
    ),
    Misconception(
        "length-for-padding", "padding is added to the sequence", FILLED, _timesteps,
        "{given} is the length of the array, frames and padding together: {timesteps} − {frames} = {right}.",
    ),
    Misconception(
        "length-plus-frames", "padding makes the sequence longer than the array", FILLED,
        lambda case: _timesteps(case) + case.figures["frames"],
        "The array is no longer than {timesteps_text}. The frames take some of it, the padding the rest: {right}.",
    ),
    Misconception(
        "padding-one-off", "the last frame is the first of the padding", FILLED, lambda case: case.number - 1,
        "One short: {frames} frames take the timesteps 0 to {frames} − 1, and all others are padding: {right}.",
    ),
    Misconception(
        "mask-changes-nothing", "a masked timestep is a step like any other", READ, _timesteps,
        "{given} timesteps stand in the array, but at the masked ones the state stays as it was: {right}.",
    ),
    Misconception(
        "mask-turned-round", "the mask marks what is read", READ,
        lambda case: _timesteps(case) - case.number,
        "{given} is the padding. The state stays as it was there, and changes at the frames: {right}.",
    ),
    Misconception(
        "state-changes-once", "a sequence is one step", READ, lambda case: 1,
        "The state changes at each timestep that is not masked, not once for the sequence: {right}.",
    ),
    Misconception(
        "one-masked-step-counts", "the first masked timestep still counts", READ, lambda case: case.number + 1,
        "One too many: no masked timestep changes the state, the first of them neither. {right}.",
    ),
)  # fmt: skip
