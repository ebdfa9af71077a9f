from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course.data import Facts, PartFacts, num_windows
from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Masking
from lstm_course.shapes import Stage, predict
from lstm_course.shapes.stages import batching, labels, scaling, steps_per_epoch, window_formula, windowing

Make = Callable[..., Facts]


def stage(stage_id: str, facts: Facts, **changes: Any) -> Stage:
    found = predict(Experiment(**changes), facts).stage(stage_id)
    assert found is not None
    return found


def test_the_stages_stand_in_order(facts_with: Make) -> None:
    layers = (Masking(), LSTM(4, return_sequences=True), Bidirectional(GRU(2)))
    found = predict(Experiment(layers=layers), facts_with()).stages
    assert [(stage.id, stage.lane, stage.shape) for stage in found] == [
        ("raw-data", "both", (144, 1)),
        ("scaling", "both", (144, 1)),
        ("windowing", "input", (89, 12, 1)),
        ("labels", "labels", (89, 1)),
        ("batching", "both", (32, 12, 1)),
        ("input-layer", "input", (32, 12, 1)),
        ("recurrent-layer-1", "input", (32, 12, 4)),
        ("recurrent-layer-2", "input", (32, 4)),
        ("head", "input", (32, 1)),
        ("loss", "both", (32, 1)),
    ]
    assert found[7].title == "Bidirectional(GRU)"
    assert [stage.parameters for stage in found[6:9]] == [96, 96, 5]  # 4·(4·5+4), 2·3·(2·6+2·2), 4+1


def test_every_stage_of_both_lanes_knows_the_labels(facts_with: Make) -> None:
    stages = {stage.id: stage for stage in predict(Experiment(horizon=24), facts_with()).stages}
    assert {name: str(stages[name].label) for name in ("scaling", "batching", "loss")} == {
        "scaling": "(144, 1)", "batching": "(32, 24)", "loss": "(32, 24)",
    }  # fmt: skip


@given(st.integers(1, 400), st.integers(1, 60), st.integers(1, 30), st.integers(1, 20), st.integers(0, 5))
def test_the_window_formula_comes_to_the_number_of_windows(
    rows: int, timesteps: int, horizon: int, stride: int, dropped: int
) -> None:
    total = num_windows(rows, timesteps, horizon, stride)
    dropped = min(dropped, total)
    part = PartFacts("train", rows, total - dropped, dropped)
    exp = Experiment(timesteps=timesteps, horizon=horizon, stride=stride)
    formula = window_formula(exp, Facts(rows, 1, ("x",), ("x",), (part,)))
    if rows < timesteps + horizon:
        assert total == 0
        assert formula == f"{rows} rows < {timesteps} + {horizon}: no window fits"
        return
    count = formula.split(", minus")[0]
    left, right = count.replace("−", "-").split("=")
    assert eval(left) == int(right) == total
    assert formula.endswith(f"= {total - dropped}")


@pytest.mark.parametrize(
    ("changes", "train", "formula"),
    [
        ({}, (101, 89), "101 − 12 − 1 + 1 = 89"),
        ({"stride": 3}, (101, 30), "(101 − 12 − 1) // 3 + 1 = 30"),
        ({}, (101, 80, 9), "101 − 12 − 1 + 1 = 89, minus 9 with a gap = 80"),
        ({}, (1200, 1188), "1,200 − 12 − 1 + 1 = 1,188"),
        ({"timesteps": 200}, (101, 0), "101 rows < 200 + 1: no window fits"),
    ],
)
def test_window_formulas(
    changes: dict[str, Any], train: tuple[int, ...], formula: str, facts_with: Make
) -> None:
    assert windowing(Experiment(**changes), facts_with(train=train)).formula == formula


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "12 rows in a row make one sample; the window then moves on one row."),
        ({"timesteps": 1, "stride": 2}, "Each row makes one sample; the window then moves on 2 rows."),
        (
            {"lags": "features"},
            "12 rows side by side become the features of a single timestep; the window then moves on one row.",
        ),
    ],
)
def test_window_sentences(changes: dict[str, Any], sentence: str, facts_with: Make) -> None:
    assert windowing(Experiment(**changes), facts_with()).sentence == sentence


def test_sequences_are_padded_instead(facts_with: Make) -> None:
    found = windowing(Experiment(padding="post", timesteps=20), facts_with(longest=29))
    assert (found.title, found.formula) == ("Padding", "sequences of up to 29 frames → 20 timesteps each")
    assert found.sentence == "Each sequence is one sample; short ones are filled up behind with 0."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scaling": "none"}, "The values stay as they are."),
        (
            {"scaling": "minmax"},
            "Each column is brought to 0 … 1 by the smallest and largest value of the training rows only.",
        ),
        ({"scaler_fit": "all"}, "mean 0 and deviation 1, both taken from all rows, the test rows too."),
    ],
)
def test_scaling_says_what_the_scaler_saw(changes: dict[str, Any], words: str, facts_with: Make) -> None:
    found = scaling(Experiment(**changes), facts_with())
    assert words in found.sentence
    assert found.shape == (144, 1)


@pytest.mark.parametrize(
    ("changes", "targets", "formula", "sentence"),
    [
        ({}, 1, "1 step ahead × 1 target per sample", "The value of the next row."),
        ({"horizon": 24}, 2, "24 steps ahead × 2 targets per sample", "The values of the next 24 rows."),
        ({"labels": "sequence"}, 1, "12 timesteps × 1 target per sample",
         "For every timestep of the window, the value of the next row."),
        ({"labels": "class"}, 1, "one of 5 class numbers per sample", "The class of the next row after each window."),
        ({"labels": "one-hot", "horizon": 2}, 1, "5 columns per sample, a single 1 in each row",
         "The class of the row 2 steps on after each window."),
    ],
)  # fmt: skip
def test_labels_say_what_the_network_should(
    changes: dict[str, Any], targets: int, formula: str, sentence: str, facts_with: Make
) -> None:
    found = labels(Experiment(**changes), facts_with(targets=targets, classes=5))
    assert (found.formula, found.sentence) == (formula, sentence)


@pytest.mark.parametrize(
    ("samples", "batch_size", "steps", "formula", "sentence"),
    [
        (
            89,
            32,
            3,
            "⌈89 / 32⌉ = 3 steps per epoch",
            "32 samples at a time; the last batch of the epoch holds 25.",
        ),
        (96, 32, 3, "⌈96 / 32⌉ = 3 steps per epoch", "32 samples at a time."),
        (89, 1, 89, "⌈89 / 1⌉ = 89 steps per epoch", "1 sample at a time."),
        (5, 32, 1, "⌈5 / 32⌉ = 1 step per epoch", "All 5 samples in one batch; there is room for 32."),
        (0, 32, 0, "⌈0 / 32⌉ = 0 steps per epoch", "There is no sample to put into a batch."),
    ],
)
def test_batches(
    samples: int, batch_size: int, steps: int, formula: str, sentence: str, facts_with: Make
) -> None:
    exp, facts = Experiment(batch_size=batch_size), facts_with(train=(101, samples))
    assert steps_per_epoch(exp, facts) == steps
    found = batching(exp, facts)
    assert (found.formula, found.sentence) == (formula, sentence)


def test_keras_is_told_the_batch_size_only_where_a_state_is_kept(facts_with: Make) -> None:
    assert stage("input-layer", facts_with()).formula == "Input(shape=(12, 1))"
    kept = stage("input-layer", facts_with(), layers=(LSTM(4, stateful=True),), batch_size=8)
    assert kept.formula == "Input(batch_shape=(8, 12, 1))"


def test_a_recurrent_layer_says_what_leaves_it(facts_with: Make) -> None:
    last = stage("recurrent-layer-1", facts_with())
    assert (
        last.sentence
        == "The same cell takes the 12 timesteps one after the other. Only the last h leaves the layer."
    )
    turned = stage(
        "recurrent-layer-1", facts_with(), layers=(GRU(4, return_sequences=True, go_backwards=True),)
    )
    assert turned.sentence == (
        "The same cell takes the 12 timesteps, read from the end, one after the other. Every h leaves the layer."
    )
    assert turned.parameter_formula == "3 · (4 · (1 + 4) + 2 · 4) = 84"
