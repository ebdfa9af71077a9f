"""Wrong answers about arguments, each with the belief behind it; worked out by hand.

LSTM(4) on one feature: blocks i, f, c, o of 4 units; a kernel (1, 16), a recurrent kernel (4, 16), a bias (16,).
"""

from __future__ import annotations

import pytest

from lstm_course.authoring import GRU, LSTM, Experiment, Number, Quantity, Shape, Tensor, predict
from lstm_course.course.judging import judge
from lstm_course.course.misconceptions.arguments import ARGUMENT_MISCONCEPTIONS

LSTM4 = Experiment(layers=(LSTM(4),))
RIGHT = {"bias-size": 16, "first-ones": 4, "penalised": 64}
WRONG = (
    ("bias-size", "4", "one-bias-per-unit"),
    ("bias-size", "32", "bias-counted-twice"),
    ("first-ones", "16", "whole-bias-of-ones"),
    ("first-ones", "0", "bias-starts-at-zero"),
    ("penalised", "16", "one-block-penalised"),
    ("penalised", "96", "all-weights-penalised"),
)


def asked(about: str, right: int | Tensor) -> Quantity:
    return Quantity(about, "what is asked for", lambda _: right, "recurrent-layer-1")


@pytest.mark.parametrize(("about", "given", "expected"), WRONG)
def test_a_wrong_number_shows_the_belief_behind_it(about: str, given: str, expected: str) -> None:
    question = Number(id="q", prompt="?", answer=asked(about, RIGHT[about]), explanation="{right}")
    found = judge(question, predict(LSTM4), given)
    assert found.misconception == expected
    assert str(RIGHT[about]) in found.text


def test_blocks_are_no_units_where_the_two_differ() -> None:
    lstm8 = predict(Experiment(layers=(LSTM(8),)))
    ones = Number(id="q", prompt="?", answer=asked("first-ones", 8), explanation="{right}")
    assert judge(ones, lstm8, "4").misconception == "one-one-per-gate"


def test_the_kernel_of_a_gru_is_not_its_recurrent_kernel() -> None:
    gru = predict(Experiment(dataset="electricity", targets=("demand_gw",),
                             features=("demand_gw", "temperature_c"), layers=(GRU(4),)))  # fmt: skip
    squares = Number(id="q", prompt="?", answer=asked("penalised", 48), explanation="{right}")
    assert judge(squares, gru, "24").misconception == "kernel-penalised"  # 2 features × 12 columns


@pytest.mark.parametrize(
    ("given", "expected"), [("(32, 12, 1)", "mask-per-timestep"), ("(12, 1)", "mask-without-batch")]
)
def test_a_draw_has_no_timesteps(given: str, expected: str) -> None:
    mask = asked("dropout-mask", Tensor((32, 1), ("batch", "features")))
    question = Shape(id="q", prompt="?", answer=mask, explanation="{right}")
    assert judge(question, predict(LSTM4), given).misconception == expected


def test_every_one_of_them_is_shown_here() -> None:
    shown = {expected for _, _, expected in WRONG}
    shown |= {"one-one-per-gate", "kernel-penalised", "mask-per-timestep", "mask-without-batch"}
    assert {each.id for each in ARGUMENT_MISCONCEPTIONS} == shown
