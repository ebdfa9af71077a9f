"""Misconceptions about states: their shape, and how many tensors leave or are handed on."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception

STATE = ("state",)
TENSORS = ("state-tensors",)
HANDED = ("handed-states",)
WIDTH = ("width-of-both",)


def _with_timesteps(case: Case) -> Given | None:
    layer = case.layer
    return (case.tensor.shape[0], layer.input.shape[1], case.tensor.last) if layer else None


def _both_states(case: Case) -> Given | None:
    return (
        (case.tensor.shape[0], 2 * case.tensor.last)
        if case.recurrent and case.recurrent.num_states == 2
        else None
    )


def _like_the_input(case: Case) -> Given | None:
    return case.layer.input.shape if case.layer else None


def _num_states(case: Case) -> int:
    recurrent = case.recurrent or case.prediction.exp.recurrent_layers[0]
    return recurrent.num_states


def _of_an_lstm(case: Case) -> Given | None:
    return case.number + 1 if _num_states(case) == 1 else None


def _of_a_gru(case: Case) -> Given | None:
    return case.number - 1 if _num_states(case) == 2 else None


STATE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "state-at-every-timestep", "a state has timesteps", STATE, _with_timesteps,
        "That is the sequence of all h. A state is that of one moment, so that it has no timesteps axis: {right}.",
    ),
    Misconception(
        "state-is-one-step", "a state keeps a timesteps axis of size 1", STATE,
        lambda case: (case.tensor.shape[0], 1, case.tensor.last),
        "A state belongs to one moment, and has no axis for it, not even one of size 1: {right}.",
    ),
    Misconception(
        "both-states-in-one", "h and c are one array", STATE, _both_states,
        "h and c are two arrays, each as wide as the layer has units: {right}.",
    ),
    Misconception(
        "state-like-the-input", "a state looks like what comes in", STATE, _like_the_input,
        "That is what comes in. The state holds {units} numbers for each sample, whatever it was computed of: {right}.",
    ),
    Misconception(
        "state-one-number", "a state is one number", STATE, lambda case: case.tensor.shape[:1],
        "Each sample's state is a vector with {units} numbers, not a single one: {right}.",
    ),
    Misconception(
        "output-not-counted", "the output is one of the states", TENSORS, _num_states,
        "{given} counts the states. The output leaves too, in front of them, even where it holds the same numbers as "
        "h: {right}.",
    ),
    Misconception(
        "states-in-one-tensor", "the states leave inside the output", TENSORS, lambda case: 1,
        "Each state is a tensor of its own, beside the output: {right}.",
    ),
    Misconception(
        "lstm-states-of-another-cell", "every cell has h and c", TENSORS, _of_an_lstm,
        "c belongs to an LSTM. This cell has h alone: the output and one state, {right}.",
    ),
    Misconception(
        "handed-output-too", "the output is handed over as a state", HANDED, lambda case: case.number + 1,
        "One too many: the output is no state. initial_state takes the states of the cell alone: {right}.",
    ),
    Misconception(
        "handed-h-alone", "h is all that is remembered", HANDED, _of_a_gru,
        "An LSTM remembers in c as well; without it the decoder would begin with half of the state: {right}.",
    ),
    Misconception(
        "handed-one-per-unit", "each unit is a state", HANDED,
        lambda case: case.prediction.exp.recurrent_layers[0].units,
        "{given} are the numbers in one state of one sample. A state is one tensor, with all of them: {right}.",
    ),
    Misconception(
        "width-of-one-direction", "two directions share the width", WIDTH, lambda case: case.number // 2,
        "That is the width of one copy, and of both with “sum”, “ave” or “mul”. “concat” puts them side by side: "
        "{right}.",
    ),
    Misconception(
        "width-with-timesteps", "the window is part of the width", WIDTH,
        lambda case: case.number * case.prediction.exp.timesteps,
        "{given} leave it over all timesteps of a window. At one of them: {right}.",
    ),
    Misconception(
        "width-of-both-states", "c leaves as well", WIDTH, lambda case: 2 * case.number,
        "{given} counts h and c of each direction. c does not leave upwards: {right}.",
    ),
)  # fmt: skip
