"""Misconceptions about what a layer's arguments count."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.layers import GRU, LSTM
from lstm_course.shapes.weights import NUM_GATES

BIAS, ONES, SQUARES, MASK = ("bias-size",), ("first-ones",), ("penalised",), ("dropout-mask",)


def _units(case: Case) -> Given | None:
    return case.recurrent.units if case.recurrent else None


def _joined(case: Case) -> Given | None:
    cell = case.recurrent
    return NUM_GATES[cell.keras_name] * cell.units if cell else None


def _twice(case: Case) -> Given | None:
    has_two = isinstance(case.recurrent, GRU) and case.recurrent.reset_after
    return None if has_two else 2 * case.number


def _one_per_gate(case: Case) -> Given | None:
    return NUM_GATES[case.recurrent.keras_name] if case.recurrent else None


def _no_ones(case: Case) -> Given | None:
    return 0 if isinstance(case.recurrent, LSTM) and case.recurrent.bias_initializer == "zeros" else None


def _one_block(case: Case) -> Given | None:
    return case.recurrent.units**2 if case.recurrent else None


def _all_weights(case: Case) -> Given | None:
    return case.layer.parameters if case.layer else None


def _kernel(case: Case) -> Given | None:
    joined = _joined(case)
    if case.layer is None or not isinstance(joined, int):
        return None
    return case.layer.input.shape[-1] * joined


def _every_timestep(case: Case) -> Given | None:
    return case.layer.input.shape if case.layer else None


def _timesteps_for_batch(case: Case) -> Given | None:
    return case.layer.input.shape[1:] if case.layer else None


ARGUMENT_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "one-bias-per-unit", "each unit has one bias", BIAS, _units,
        "{given} is one for each unit. Every block of the joined kernel has a bias of its own, the gates and the "
        "candidate: {right} in all.",
    ),
    Misconception(
        "bias-counted-twice", "input and state each have a bias", BIAS, _twice,
        "{given} counts a bias for the input and one for the state. Only a GRU with reset_after=True has two; the "
        "right number is {right}.",
    ),
    Misconception(
        "whole-bias-of-ones", "all of the bias starts at 1", ONES, _joined,
        "{given} is the whole joined bias. Only one of its blocks starts at 1, that of the forget gate, and in an LSTM "
        "only: {right}.",
    ),
    Misconception(
        "one-one-per-gate", "each gate has one bias", ONES, _one_per_gate,
        "{given} is the number of blocks. A block has one entry for each unit; the right number is {right}.",
    ),
    Misconception(
        "bias-starts-at-zero", "a bias starts at zero", ONES, _no_ones,
        "Zeros are the default of bias_initializer. unit_forget_bias=True then sets the forget block of an LSTM to 1: "
        "{right} entries.",
    ),
    Misconception(
        "one-block-penalised", "the recurrent kernel is square", SQUARES, _one_block,
        "{given} is units × units, a single block. In the joined kernel the blocks of all gates stand side by side: "
        "{right}.",
    ),
    Misconception(
        "all-weights-penalised", "a regularizer acts on the whole layer", SQUARES, _all_weights,
        "{given} are all weights of the layer. recurrent_regularizer looks at the recurrent kernel alone: {right}.",
    ),
    Misconception(
        "kernel-penalised", "the kernel is the recurrent kernel", SQUARES, _kernel,
        "{given} is the size of the kernel, which is multiplied with the input. The recurrent kernel is multiplied "
        "with the state and has one row for each unit: {right}.",
    ),
    Misconception(
        "mask-per-timestep", "dropout draws anew at each timestep", MASK, _every_timestep,
        "{given} would be a new draw at each timestep. There is one for each sample and feature, for all timesteps: "
        "{right}.",
    ),
    Misconception(
        "mask-without-batch", "all samples lose the same", MASK, _timesteps_for_batch,
        "{given} is the shape of one window. The draw has an entry for each sample of the batch, and none for the "
        "timesteps: {right}.",
    ),
)  # fmt: skip
