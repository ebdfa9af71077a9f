"""Misconceptions about wrappers that a step imagines: two directions, repeated vectors, heads at each timestep.

The kinds of quantity are those that such a question names; the experiment itself may have other layers.
"""

from __future__ import annotations

from collections.abc import Callable

from lstm_course.course.misconceptions.case import Case, Given, Misconception

BOTH = ("both-directions",)
REPEATED = ("repeated-vector",)
DECODED = ("decoded-steps",)
SHARED = ("time-distributed-parameters",)
DIRECT = ("direct-head-parameters",)


def _shape(make: Callable[..., Given]) -> Callable[[Case], Given | None]:
    """Answer with a shape made of the sizes of the right one."""
    return lambda case: make(*case.tensor.shape)


def _timesteps(case: Case) -> int:
    return case.prediction.exp.timesteps


def _units(case: Case) -> int:
    return case.prediction.exp.recurrent_layers[0].units


def _horizon(case: Case) -> int:
    return case.prediction.exp.horizon


WRAPPER_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "one-direction-leaves", "the backward reading replaces the forward one", BOTH,
        _shape(lambda batch, width: (batch, width // 2)),
        "That is the width of one copy. By default both outputs leave, side by side: {right}.",
    ),
    Misconception(
        "directions-on-an-axis", "two directions make an axis of size 2", BOTH,
        _shape(lambda batch, width: (batch, 2, width // 2)),
        "The two outputs get no axis of their own: they stand side by side on the last one, {right}.",
    ),
    Misconception(
        "both-return-sequences", "Bidirectional returns every timestep", BOTH,
        lambda case: (case.tensor.shape[0], _timesteps(case), case.tensor.shape[1]),
        "That would be return_sequences=True. Here only the last output of each copy leaves: {right}.",
    ),
    Misconception(
        "repeat-on-last-axis", "RepeatVector makes the vector longer", REPEATED,
        _shape(lambda batch, steps, units: (batch, steps * units)),
        "The copies are not joined to one long vector: each stands at a timestep of its own, {right}.",
    ),
    Misconception(
        "repeat-behind-units", "the repetitions come last", REPEATED,
        _shape(lambda batch, steps, units: (batch, units, steps)),
        "The right sizes in another order: the new axis counts timesteps, and stands before the units: {right}.",
    ),
    Misconception(
        "repeat-window", "the decoder has the window's timesteps", REPEATED,
        lambda case: (case.tensor.shape[0], _timesteps(case), case.tensor.shape[2]),
        "{timesteps} is the length of the window, which ended in the encoder. RepeatVector({horizon}) makes an axis "
        "of {horizon}: {right}.",
    ),
    Misconception(
        "repeat-changes-nothing", "repeating adds no axis", REPEATED,
        _shape(lambda batch, steps, units: (batch, units)),
        "That is what comes in, one vector for each sample. It leaves {horizon} times, on a new axis: {right}.",
    ),
    Misconception(
        "decoded-one-number", "a decoder gives one number", DECODED,
        _shape(lambda batch, steps, one: (batch, 1)),
        "It gives one number at each of its {horizon} timesteps: {right}.",
    ),
    Misconception(
        "decoded-flat", "Dense(1) drops the last axis", DECODED,
        _shape(lambda batch, steps, one: (batch, steps)),
        "The labels look like that. Dense(1) keeps the last axis, with size 1: {right}.",
    ),
    Misconception(
        "decoded-still-wide", "a head keeps the units", DECODED,
        lambda case: (*case.tensor.shape[:2], _units(case)),
        "{units} numbers at each step leave the decoder. The head makes one of them: {right}.",
    ),
    Misconception(
        "decoded-window", "the output has the window's timesteps", DECODED,
        lambda case: (case.tensor.shape[0], _timesteps(case), 1),
        "The decoder takes {horizon} steps, one for each row ahead; the window's {timesteps} ended in the "
        "encoder: {right}.",
    ),
    Misconception(
        "weights-for-each-timestep", "each timestep has weights of its own", SHARED,
        lambda case: case.number * _timesteps(case),
        "TimeDistributed has one Dense(1) and uses it at each of the {timesteps} timesteps: {right}.",
    ),
    Misconception(
        "shared-bias-forgotten", "Dense has no bias", SHARED, lambda case: case.number - 1,
        "Those are the weights; the one unit has a bias too: {right}.",
    ),
    Misconception(
        "direct-head-shares", "all steps ahead share their weights", DIRECT,
        lambda case: case.number // _horizon(case),
        "That is one unit. Dense({horizon}) has {horizon} of them, each with its own weights and bias: {right}.",
    ),
    Misconception(
        "direct-bias-forgotten", "Dense has no bias", DIRECT, lambda case: _units(case) * _horizon(case),
        "Those are the weights; each of the {horizon} units has a bias too: {right}.",
    ),
)  # fmt: skip
"""All of them, the most particular first."""
