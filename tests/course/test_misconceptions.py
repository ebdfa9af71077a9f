"""Each misconception leads to the answer that somebody who has it would give; worked out by hand.

The airline series has 144 rows, of which 101 train, 21 validate and 22 test.
"""

from __future__ import annotations

import pytest

from lstm_course.authoring import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Experiment,
    Flatten,
    RepeatVector,
    Reshape,
    input_shape,
    labels_shape,
    last_batch_size,
    num_samples,
    num_terms,
    parameters_of,
    predict,
    shape_after,
    steps_per_epoch,
    weight_shape,
)
from lstm_course.course.judging import judge
from lstm_course.course.misconceptions import MISCONCEPTIONS, Case, find_misconception, shown_by
from lstm_course.course.misconceptions.axes import AXIS_MISCONCEPTIONS
from lstm_course.course.misconceptions.counts import COUNT_MISCONCEPTIONS
from lstm_course.course.misconceptions.layers import LAYER_MISCONCEPTIONS
from lstm_course.course.questions import Number, Shape
from lstm_course.problems import ProblemError

PLAIN = (
    Experiment()
)  # 12 timesteps, horizon 1, LSTM(32), batch_size 32: 89 samples, 3 steps, 25 in the last batch
AHEAD = Experiment(horizon=3)  # 87 samples
STRIDE = Experiment(stride=5)  # 88 // 5 + 1 = 18 samples
CO2 = Experiment(dataset="co2")  # 1,337 samples, 250 left out
BIG_BATCH = Experiment(batch_size=89)
BROADCAST = Experiment(layers=(LSTM(4, return_sequences=True),), head=(Dense(1),), flat_labels=True)
STACK = Experiment(layers=(LSTM(8, return_sequences=True), GRU(4)))
LSTM4, GRU4 = Experiment(layers=(LSTM(4),)), Experiment(layers=(GRU(4),))
OLD_GRU = Experiment(layers=(GRU(4, reset_after=False),))
BOTH = Experiment(layers=(Bidirectional(LSTM(5, return_sequences=True)),), labels="sequence")
SUM = Experiment(layers=(Bidirectional(LSTM(5, return_sequences=True), merge_mode="sum"),), labels="sequence")
BOTH4 = Experiment(layers=(Bidirectional(LSTM(4)),))
DENSE = Experiment(layers=(LSTM(4, return_sequences=True),), head=(Dense(3),))
DECODER = Experiment(layers=(LSTM(4), RepeatVector(3), LSTM(2)))
FLAT = Experiment(layers=(LSTM(4, return_sequences=True), Flatten()), head=(Dense(1),))
RESHAPED = Experiment(layers=(LSTM(4),), head=(Dense(6), Reshape((3, 2))))
DEMAND = Experiment(dataset="electricity", targets=("demand_gw",))  # 12,264 training rows, three columns
TWO_TARGETS = Experiment(dataset="electricity", targets=("demand_gw", "temperature_c"), horizon=3)
WEATHER = Experiment(dataset="seattle_weather", targets=("weather",), labels="class")  # 1,023 training rows
ONE_HOT = Experiment(dataset="seattle_weather", targets=("weather",), labels="one-hot")

WINDOWING, COUNT, STEPS, LAST, TERMS = (
    shape_after("windowing"), num_samples(), steps_per_epoch(), last_batch_size(), num_terms(),
)  # fmt: skip
FIRST, SECOND, BETWEEN, HEAD = map(
    shape_after, ("recurrent-layer-1", "recurrent-layer-2", "between-layers", "head")
)
PARAMETERS, KERNEL, BIAS = parameters_of("recurrent-layer-1"), weight_shape("kernel"), weight_shape("bias")

CASES = {
    "fence-posts": (PLAIN, COUNT, 88),
    "one-window-too-many": (PLAIN, COUNT, 90),
    "label-row-forgotten": (AHEAD, COUNT, 90),
    "label-row-twice": (AHEAD, COUNT, 84),
    "one-window-per-row": (AHEAD, COUNT, 101),
    "rows-minus-timesteps-and-horizon": (AHEAD, COUNT, 86),
    "reshape-makes-windows": (AHEAD, COUNT, 8),
    "windows-side-by-side": (AHEAD, COUNT, 8),
    "split-forgotten": (AHEAD, WINDOWING, (130, 12, 1)),
    "rows-of-the-series": (AHEAD, WINDOWING, (144, 12, 1)),
    "all-parts-together": (AHEAD, COUNT, 102),
    "stride-ignored": (STRIDE, COUNT, 89),
    "stride-rounded-up": (STRIDE, COUNT, 19),
    "gaps-ignored": (CO2, COUNT, 1587),
    "batch-for-samples": (PLAIN, WINDOWING, (32, 12, 1)),
    "samples-for-batch": (PLAIN, FIRST, (89, 32)),
    "one-for-batch": (PLAIN, FIRST, (1, 32)),
    "steps-for-batch": (PLAIN, FIRST, (3, 32)),
    "rows-for-batch": (PLAIN, FIRST, (101, 32)),
    "last-batch-dropped": (PLAIN, STEPS, 2),
    "step-per-sample": (PLAIN, STEPS, 89),
    "batch-size-for-steps": (PLAIN, STEPS, 32),
    "steps-of-all-epochs": (PLAIN, STEPS, 60),
    "epochs-for-steps": (PLAIN, STEPS, 20),
    "steps-from-rows": (PLAIN, STEPS, 4),
    "steps-from-all-rows": (PLAIN, STEPS, 5),
    "steps-of-all-parts": (PLAIN, STEPS, 4),
    "one-step-too-many": (BIG_BATCH, STEPS, 2),
    "last-batch-full": (PLAIN, LAST, 32),
    "last-batch-empty": (BIG_BATCH, LAST, 0),
    "last-batch-lacks": (PLAIN, LAST, 7),
    "last-batch-of-rows": (PLAIN, LAST, 5),
    "terms-are-labels": (BROADCAST, TERMS, 32),
    "terms-are-outputs": (BROADCAST, TERMS, 384),
    "terms-are-samples": (BROADCAST, TERMS, 32),
    "return-sequences-overlooked": (STACK, FIRST, (32, 8)),
    "return-sequences-assumed": (STACK, SECOND, (32, 12, 4)),
    "time-axis-of-one": (STACK, SECOND, (32, 1, 4)),
    "one-number-per-sample": (STACK, SECOND, (32,)),
    "gates-leave-the-layer": (STACK, FIRST, (32, 12, 32)),
    "both-states-leave": (STACK, FIRST, (32, 12, 16)),
    "directions-not-joined": (BOTH, FIRST, (32, 12, 5)),
    "directions-always-joined": (SUM, FIRST, (32, 12, 10)),
    "directions-double-time": (BOTH, FIRST, (32, 24, 5)),
    "dense-flattens": (DENSE, HEAD, (32, 3)),
    "dense-adds-an-axis": (DENSE, HEAD, (32, 12, 4, 3)),
    "layer-changes-nothing": (STACK, SECOND, (32, 12, 8)),
    "repeat-widens": (DECODER, BETWEEN, (32, 12)),
    "repeat-behind": (DECODER, BETWEEN, (32, 4, 3)),
    "flatten-takes-the-batch": (FLAT, BETWEEN, (1536,)),
    "reshape-without-batch": (RESHAPED, HEAD, (3, 2)),
    "one-gate-only": (LSTM4, PARAMETERS, 24),
    "bias-forgotten": (LSTM4, PARAMETERS, 80),
    "recurrent-kernel-forgotten": (LSTM4, PARAMETERS, 32),
    "kernel-forgotten": (LSTM4, PARAMETERS, 80),
    "one-bias-for-all": (LSTM4, PARAMETERS, 84),
    "weights-per-timestep": (LSTM4, PARAMETERS, 1152),
    "weights-per-sample": (LSTM4, PARAMETERS, 3072),
    "window-as-features": (LSTM4, PARAMETERS, 272),
    "gru-has-one-bias": (GRU4, PARAMETERS, 72),
    "gru-always-two-biases": (OLD_GRU, PARAMETERS, 84),
    "lstm-count": (GRU4, PARAMETERS, 96),
    "gru-count": (LSTM4, PARAMETERS, 72),
    "one-direction-only": (BOTH4, PARAMETERS, 96),
    "dense-bias-forgotten": (LSTM4, parameters_of("head"), 4),
    "head-included": (LSTM4, PARAMETERS, 101),
    "kernel-of-one-gate": (LSTM4, KERNEL, (1, 4)),
    "weights-transposed": (LSTM4, KERNEL, (16, 1)),
    "kernel-reads-the-state": (LSTM4, KERNEL, (4, 16)),
    "kernel-reads-the-window": (LSTM4, KERNEL, (12, 16)),
    "kernel-reads-timesteps": (LSTM4, KERNEL, (12, 16)),
    "recurrent-kernel-reads-features": (LSTM4, weight_shape("recurrent_kernel"), (1, 16)),
    "gru-bias-flat": (GRU4, BIAS, (12,)),
    "bias-in-two-rows": (LSTM4, BIAS, (2, 16)),
    "batch-axis-forgotten": (STACK, FIRST, (12, 8)),
    "samples-axis-forgotten": (PLAIN, WINDOWING, (12, 1)),
    "timesteps-features-swapped": (PLAIN, WINDOWING, (89, 1, 12)),
    "timesteps-units-swapped": (STACK, FIRST, (32, 8, 12)),
    "time-major": (PLAIN, WINDOWING, (12, 89, 1)),
    "axes-reversed": (PLAIN, WINDOWING, (1, 12, 89)),
    "all-in-one-axis": (PLAIN, WINDOWING, (1068,)),
    "features-axis-dropped": (PLAIN, WINDOWING, (89, 12)),
    "every-column-a-feature": (DEMAND, WINDOWING, (12252, 12, 3)),
    "target-counted-as-feature": (PLAIN, WINDOWING, (89, 12, 2)),
    "label-inside-window": (AHEAD, WINDOWING, (87, 15, 1)),
    "horizon-for-timesteps": (AHEAD, WINDOWING, (87, 3, 1)),
    "rows-for-timesteps": (PLAIN, WINDOWING, (89, 101, 1)),
    "lags-on-the-other-axis": (PLAIN, WINDOWING, (89, 1, 12)),
    "window-is-one-step": (PLAIN, WINDOWING, (89, 1, 1)),
    "labels-like-inputs": (PLAIN, labels_shape(), (89, 12, 1)),
    "labels-with-features-axis": (PLAIN, labels_shape(), (89, 1, 1)),
    "labels-one-axis-short": (PLAIN, labels_shape(), (89,)),
    "only-the-last-step": (AHEAD, labels_shape(), (87, 1)),
    "horizon-and-targets-joined": (TWO_TARGETS, labels_shape(), (12250, 6)),
    "one-hot-for-integers": (WEATHER, labels_shape(), (1011, 5)),
    "integers-for-one-hot": (ONE_HOT, labels_shape(), (1011,)),
    "units-for-timesteps": (PLAIN, WINDOWING, (89, 32, 1)),
    "timesteps-for-units": (STACK, FIRST, (32, 12, 12)),
    "features-for-units": (STACK, SECOND, (32, 8)),
    "batch-in-input-shape": (PLAIN, input_shape(), (32, 12, 1)),
    "samples-in-input-shape": (PLAIN, input_shape(), (89, 12, 1)),
    "input-shape-swapped": (PLAIN, input_shape(), (1, 12)),
    "input-shape-features-only": (PLAIN, input_shape(), (1,)),
    "input-shape-timesteps-only": (PLAIN, input_shape(), (12,)),
}
HERE = {each.id for each in (*AXIS_MISCONCEPTIONS, *COUNT_MISCONCEPTIONS, *LAYER_MISCONCEPTIONS)}


def case_of(exp, quantity):
    prediction = predict(exp)
    right = quantity.measure(prediction)
    assert right is not None
    return Case(prediction, quantity, right)


def test_each_is_tested_and_named_once():
    assert set(CASES) == HERE
    assert len({each.id for each in MISCONCEPTIONS}) == len(MISCONCEPTIONS)


@pytest.mark.parametrize("name", CASES)
def test_it_leads_to_its_answer(name):
    exp, quantity, answer = CASES[name]
    case = case_of(exp, quantity)
    assert name in {each.id for each, given in shown_by(case) if given == answer}


@pytest.mark.parametrize("name", CASES)
def test_it_is_answered_in_the_learners_numbers(name):
    exp, quantity, answer = CASES[name]
    kind = Shape if isinstance(answer, tuple) else Number
    asked = kind(id="q", prompt="?", answer=quantity, explanation="e", misconceptions=(name,))
    judgement = judge(asked, predict(exp), str(answer))
    assert (judgement.verdict, judgement.misconception) == ("wrong", name)
    assert "{" not in judgement.text
    assert len(judgement.text) > 20


def test_one_that_does_not_exist():
    with pytest.raises(ProblemError, match="There is no misconception 'nonsense'"):
        find_misconception("nonsense")
