"""Misconceptions about the arithmetic inside a cell, and about the loop that applies it."""

from __future__ import annotations

from collections.abc import Callable

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.shapes.weights import NUM_GATES

PRODUCTS = ("sum-products",)
COLUMNS = ("joined-columns",)
HALVED = ("halved-memory",)
LOOP = ("loop-steps",)
NUMBERS_H = ("numbers-of-h",)


def _units(case: Case) -> int:
    return case.recurrent.units if case.recurrent else case.prediction.exp.recurrent_layers[0].units


def _gates(case: Case) -> int:
    return NUM_GATES[case.recurrent.keras_name] if case.recurrent else 1


def _of_layer(size: Callable[[int, int], int]) -> Callable[[Case], Given | None]:
    """Answer with a count made of the timesteps and the features that come in."""
    return lambda case: size(*case.layer.input.shape[1:]) if case.layer else None


def _whole_window(case: Case) -> Given | None:
    return case.layer.input.shape[1] * case.layer.input.last + _units(case) if case.layer else None


def _both_kernels(case: Case) -> Given | None:
    return case.number * (case.layer.input.last + _units(case)) if case.layer else None


def _states(case: Case) -> Given | None:
    states = case.recurrent.num_states if case.recurrent else 1
    return case.number * states if states > 1 else None


INSIDE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "sum-reads-only-the-input", "a gate sees the input only", PRODUCTS, _of_layer(lambda steps, features: features),
        "Those are the products with x. The last h enters the same sum, with a weight for each of its numbers "
        "({units_text}): {right}.",
    ),
    Misconception(
        "sum-reads-only-the-state", "a gate sees the state only", PRODUCTS, _units,
        "Those are the products with the last h. What this timestep brings enters the same sum: {right}.",
    ),
    Misconception(
        "sums-of-all-gates", "the gates share one sum", PRODUCTS, lambda case: case.number * _gates(case),
        "{given} are the products of all {num_gates} sums of the unit. Each gate has a sum of its own: {right}.",
    ),
    Misconception(
        "bias-counted-as-product", "the bias is a product", PRODUCTS, lambda case: case.number + 1,
        "One too many: the bias is added as it is, multiplied by nothing. {right}.",
    ),
    Misconception(
        "sum-reads-its-own-unit", "a unit reads its own last value only", PRODUCTS,
        _of_layer(lambda steps, features: features + 1),
        "A unit reads the last h of all {units} units, not only its own: {right}.",
    ),
    Misconception(
        "sum-reads-the-window", "a gate sees the whole window", PRODUCTS, _whole_window,
        "A sum sees the x of one timestep. What came before is in the last h only: {right}.",
    ),
    Misconception(
        "columns-of-one-block", "each gate has a kernel of its own", COLUMNS, _units,
        "{given} columns belong to one block. {num_gates} blocks stand side by side in the joined kernel: {right}.",
    ),
    Misconception(
        "columns-count-blocks", "the kernel has a column for each gate", COLUMNS, _gates,
        "{given} is the number of blocks. Each is as wide as the layer has units, {units}: {right}.",
    ),
    Misconception(
        "columns-count-weights", "columns are weights", COLUMNS, _both_kernels,
        "{given} are the weights of kernel and recurrent kernel together. Asked is how many columns one of them has: "
        "{right}.",
    ),
    Misconception(
        "lstm-columns", "every cell has four blocks", COLUMNS, lambda case: 4 * _units(case),
        "Four blocks are an LSTM's. Blocks in the joined kernel of this cell, {layer}: {num_gates}. So {right}.",
    ),
    Misconception(
        "columns-of-a-gru", "a gated cell has three blocks", COLUMNS, lambda case: 3 * _units(case),
        "Three are the gates of an LSTM, or the blocks of a GRU. Blocks in the joined kernel of this cell, {layer}: "
        "{num_gates}, the candidate's among them. So {right}.",
    ),
    Misconception(
        "columns-count-timesteps", "the kernel has a column for each timestep", COLUMNS,
        lambda case: case.prediction.exp.timesteps,
        "{timesteps} is the length of the window. No weight array has an axis for timesteps: {right}.",
    ),
    Misconception(
        "halving-takes-away-the-same", "each timestep takes away the same", HALVED, lambda case: 500,
        "The memory is halved each time, so less and less is taken away: 1/2, 1/4, 1/8 and so on are left. {right}.",
    ),
    Misconception(
        "two-halves-are-all", "two halves take all", HALVED, lambda case: 2,
        "After two timesteps a quarter is left: half of the half. {right}.",
    ),
    Misconception(
        "halving-one-too-few", "1/512 is less than a thousandth", HALVED, lambda case: case.number - 1,
        "After {given} timesteps 1/512 is left, a little more than a thousandth: {right}.",
    ),
    Misconception(
        "halving-one-too-many", "the first timestep halves nothing", HALVED, lambda case: case.number + 1,
        "One later than the first time: f is applied from the first timestep on, and after {right} there is 1/1024.",
    ),
    Misconception(
        "halving-a-thousand", "a thousandth takes a thousand timesteps", HALVED, lambda case: 1000,
        "A factor is applied at each timestep, and factors multiply: 2 · 2 · 2 and so on passes 1,000 after {right}.",
    ),
    Misconception(
        "a-cell-for-each-unit", "each unit is a cell of its own", LOOP, _units,
        "{given} are the units, the width of the cell. The cell is applied once at each timestep: {right}.",
    ),
    Misconception(
        "units-times-timesteps", "each unit is a step", LOOP,
        lambda case: case.number * _units(case),
        "All {units} units are computed at once, in one application of the cell. There is one for each timestep: "
        "{right}.",
    ),
    Misconception(
        "window-in-one-step", "a layer reads a window at once", LOOP, lambda case: 1,
        "Once for each timestep of the window, not once for the window: {right}.",
    ),
    Misconception(
        "step-for-each-batch-member", "the cell is applied for each sample of a batch", LOOP,
        lambda case: case.prediction.label.shape[0],
        "{given} samples are in a batch, and go through the cell at the same time. For one of them: {right}.",
    ),
    Misconception(
        "steps-between-timesteps", "the cell stands between two timesteps", LOOP, lambda case: case.number - 1,
        "One too few: the first timestep is read too, with a state of zeros before it. {right}.",
    ),
    Misconception(
        "only-the-last-h", "the layer computes what leaves it", NUMBERS_H, _units,
        "{given} is the h of one timestep. There is one at each: {right}. Whether it leaves the layer is another "
        "question.",
    ),
    Misconception(
        "one-number-each-timestep", "h is one number", NUMBERS_H, _of_layer(lambda steps, features: steps),
        "{given} timesteps there are, but h is a vector with a number for each unit, {units}: {right}.",
    ),
    Misconception(
        "units-plus-timesteps", "the two sizes add up", NUMBERS_H,
        lambda case: case.layer.input.shape[1] + _units(case) if case.layer else None,
        "The two sizes are not added: at each timestep there are {units} numbers. {right}.",
    ),
    Misconception(
        "gates-counted-in-h", "the gates are part of h", NUMBERS_H, lambda case: case.number * _gates(case),
        "{given} counts the {num_gates} blocks of the sums. h itself has one number for each unit and timestep: "
        "{right}.",
    ),
    Misconception(
        "c-counted-in-h", "h and c are one", NUMBERS_H, _states,
        "{given} counts the memory c as well. Asked is h alone: {right}.",
    ),
    Misconception(
        "features-counted-in-h", "h holds the features too", NUMBERS_H,
        _of_layer(lambda steps, features: steps * features),
        "{given} numbers come in. What is computed of them has one number for each unit and timestep: {right}.",
    ),
)  # fmt: skip
