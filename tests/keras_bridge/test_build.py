from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_course.data import facts_of
from lstm_course.experiment import OPTIMIZERS, Experiment
from lstm_course.keras_bridge.build import (
    build,
    build_for_shape,
    compile_for,
    keras_layer,
    layer_names,
    optimizer_of,
)
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, Reshape
from lstm_course.problems import ProblemError

pytestmark = pytest.mark.keras


def test_the_same_seed_gives_the_same_weights():
    exp = Experiment(layers=(GRU(4),))
    first, again = (build(exp, facts_of(exp)).get_weights() for _ in range(2))
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_sequential_where_it_can_be_functional_where_a_state_is_handed_over():
    assert isinstance(build_for_shape((LSTM(3), Dense(1)), (5, 2)), keras.Sequential)
    handed = (LSTM(3, return_sequences=True, return_state=True), LSTM(3, initial_state=0), Dense(1))
    model = build_for_shape(handed, (5, 2))
    assert not isinstance(model, keras.Sequential)
    assert model.output_shape == (None, 1)


def test_the_batch_size_is_fixed_for_stateful_layers_only():
    exp = Experiment(layers=(LSTM(3, stateful=True),), batch_size=8)
    assert build(exp, facts_of(exp)).input_shape == (8, 12, 1)
    exp = Experiment(layers=(LSTM(3),), batch_size=8)
    assert build(exp, facts_of(exp)).input_shape == (None, 12, 1)


def test_all_arguments_reach_keras():
    layer = keras_layer(
        LSTM(
            3,
            activation="relu",
            kernel_regularizer="l2",
            recurrent_dropout=0.5,
            unit_forget_bias=False,
            seed=7,
        )
    )
    config = layer.get_config()
    assert (config["activation"], config["recurrent_dropout"], config["seed"]) == ("relu", 0.5, 7)
    assert config["unit_forget_bias"] is False
    assert config["kernel_regularizer"]["class_name"] == "L2"
    assert keras_layer(Bidirectional(GRU(2), merge_mode="ave")).merge_mode == "ave"
    assert keras_layer(Reshape((2, -1))).target_shape == (2, -1)


def test_layers_are_named_as_in_a_fresh_python():
    names = ["lstm", "lstm_1", "simple_rnn", "time_distributed"]
    from lstm_course.layers import SimpleRNN, TimeDistributed

    assert layer_names((LSTM(1), LSTM(1), SimpleRNN(1), TimeDistributed(Dense(1)))) == names


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers_keep_kerass_default_rate(name):
    plain = optimizer_of(Experiment(optimizer=name))
    assert type(plain).__name__.lower() == name
    assert float(plain.learning_rate.numpy()) == pytest.approx(
        float(keras.optimizers.get(name).learning_rate.numpy())
    )
    assert optimizer_of(Experiment(optimizer=name, clipnorm=0.5)).clipnorm == 0.5


def test_a_state_from_nowhere_is_a_sentence():
    with pytest.raises(ProblemError, match=r"start from the last state of layer 0, which hands none over"):
        build_for_shape((LSTM(3, return_sequences=True), LSTM(3, initial_state=0)), (5, 2))


def test_compile_takes_the_fitting_loss():
    exp = Experiment(layers=(LSTM(2),), metrics=("mae",))
    model = build(exp, facts_of(exp))
    compile_for(model, exp)
    assert model.loss == "mse"
