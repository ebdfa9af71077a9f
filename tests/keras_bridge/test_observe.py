from __future__ import annotations

import pickle

import numpy as np
import pytest

from lstm_course.experiment import Experiment, Split
from lstm_course.keras_bridge.observe import agrees, keras_error, observe, observe_stages
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, Masking, RepeatVector, TimeDistributed
from lstm_course.shapes import predict

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:__array__ implementation")]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"layers": (GRU(4, return_sequences=True, return_state=True), GRU(4, initial_state=0))},
        {"layers": (Bidirectional(LSTM(4)), RepeatVector(3), GRU(2, return_sequences=True)), "horizon": 3},
        {"layers": (LSTM(4, stateful=True),), "batch_size": 7, "split": Split(61, 20, None)},
        {
            "layers": (LSTM(4, return_sequences=True),),
            "head": (TimeDistributed(Dense(2)),),
            "labels": "sequence",
        },
        {"dataset": "japanese_vowels", "labels": "one-hot", "layers": (Masking(), LSTM(3)), "timesteps": 29},
        {"lags": "features", "flat_labels": True},
    ],
)
def test_rules_and_keras_agree_on_real_batches(changes):
    exp = Experiment(**{"timesteps": 12, **changes})
    seen = observe(exp)
    assert seen.ok
    assert agrees(predict(exp).stages, seen.stages) == ()
    assert [stage.id for stage in seen.stages] == [stage.id for stage in predict(exp).stages]


def test_what_is_seen_of_the_airline_model():
    seen = observe(Experiment(timesteps=1, layers=(LSTM(4),), batch_size=1))
    assert [weight.name for weight in seen.weights] == [
        "kernel",
        "recurrent_kernel",
        "bias",
        "kernel",
        "bias",
    ]
    assert sum(weight.value.size for weight in seen.weights) == 96 + 5
    forget_bias = seen.weights[2].value[4:8]
    np.testing.assert_array_equal(forget_bias, 1.0)
    assert seen.loss > 0
    assert seen.output.shape == (1, 1)


def test_an_impossible_network_gives_keras_words_and_the_layers_below():
    seen = observe(Experiment(layers=(LSTM(4), LSTM(3))))
    assert seen.error.kind == "ValueError"
    assert "expected ndim=3, found ndim=2" in seen.error.line
    assert [stage.shape for stage in seen.stages if stage.id == "recurrent-layer-1"] == [(32, 4)]
    assert seen.loss is None
    assert seen.weights == ()


def test_a_last_batch_too_small_for_the_state_is_seen():
    seen = observe(Experiment(layers=(LSTM(4, stateful=True),), batch_size=7, shuffle=False))
    assert seen.error.stage == "batching"
    assert "batch size" in seen.error.line


def test_disagreements_are_named():
    exp = Experiment(layers=(LSTM(4),))
    rules = predict(exp.change(layers=(GRU(4),))).stages
    (found,) = [item for item in agrees(rules, observe_stages(exp)) if item.what == "parameters"]
    assert str(found) == "recurrent-layer-1: parameters predicted (84,), observed (96,)"


def test_an_observation_can_travel():
    seen = observe(Experiment(layers=(LSTM(4),)))
    assert pickle.loads(pickle.dumps(seen)).loss == seen.loss


def test_bold_print_is_taken_out_of_errors():
    assert keras_error(ValueError("\x1b[1mshape must be 3\x1b[0m")).line == "shape must be 3"
