"""lc.diagnose(model, x, y) in a notebook, before fit."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.doctor import DoctorError, diagnose

pytestmark = pytest.mark.keras


def network(*layers, loss="mse"):
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((10, 3)), *layers])
    model.compile("adam", loss)
    return model


def test_a_sequence_output_against_one_label():
    from keras.layers import LSTM, Dense

    model = network(LSTM(8, return_sequences=True), Dense(1))
    found = diagnose(model, np.zeros((64, 10, 3)), np.zeros((64, 1)))
    assert (found[0].code, found[0].severity) == ("sequence-output-one-label", "wrong-result")


def test_features_that_differ_and_labels_that_were_not_cut():
    from keras.layers import LSTM, Dense

    model = network(LSTM(8), Dense(1))
    rng = np.random.default_rng(0)
    assert diagnose(model, rng.normal(size=(64, 10, 4)), rng.normal(size=64))[0].code == "number-of-features"
    assert diagnose(model, rng.normal(size=(54, 10, 3)), rng.normal(size=64))[0].code == "labels-not-cut"


def test_a_sound_model_earns_nothing():
    from keras.layers import LSTM, Dense

    rng = np.random.default_rng(0)
    assert diagnose(network(LSTM(8), Dense(1)), rng.normal(size=(64, 10, 3)), rng.normal(size=64)) == []


def test_a_subclassed_model_is_judged_by_its_head():
    keras = pytest.importorskip("keras")

    class Forecast(keras.Model):
        def __init__(self):
            super().__init__()
            self.recurrent = keras.layers.LSTM(4, return_sequences=True)
            self.head = keras.layers.Dense(1, activation="sigmoid")

        def call(self, inputs):
            return self.head(self.recurrent(inputs))

    model = Forecast()
    model.compile("adam", "mse")
    rng = np.random.default_rng(0)
    found = [
        finding.code for finding in diagnose(model, rng.normal(size=(64, 10, 3)), rng.normal(size=64) * 40)
    ]
    assert found[:2] == ["sequence-output-one-label", "labels-out-of-reach"]


def test_labels_that_a_bidirectional_layer_reads():
    from keras.layers import LSTM, Bidirectional, Dense

    rows = np.random.default_rng(0).normal(size=(64, 11, 3))
    model = network(Bidirectional(LSTM(4, return_sequences=True)), Dense(3))
    assert diagnose(model, rows[:, :-1], rows[:, 1:])[0].code == "bidirectional-sees-labels"
    assert diagnose(model, rows[:, :-1], np.cos(9 * rows[:, 1:])) == []


def test_a_stateful_model_and_the_order_of_its_samples():
    import keras
    import tensorflow as tf
    from keras.layers import LSTM, Dense

    model = keras.Sequential([keras.Input(batch_shape=(16, 10, 1)), LSTM(4, stateful=True), Dense(1)])
    model.compile("adam", "mse")
    wave = np.sin(np.arange(641) ** 1.1)
    x, y = wave[:640].reshape(64, 10, 1), wave[10::10]
    given = {"batch_size": 16, "shuffle": False}
    assert diagnose(model, x, y, **given)[0].code == "stateful-side-by-side"
    lanes = np.arange(64).reshape(16, 4).T.ravel()
    assert diagnose(model, x[lanes], y[lanes], **given) == []
    assert diagnose(model, x, y, batch_size=16)[0].code == "stateful-shuffled"
    shuffled = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(64).batch(16)
    assert diagnose(model, shuffled)[0].code == "stateful-shuffled"


def test_several_inputs_by_their_order():
    import keras
    from keras.layers import GRU, Concatenate, Dense

    rng = np.random.default_rng(0)
    a, b = keras.Input((10, 3)), keras.Input((4,))
    model = keras.Model([a, b], Dense(1)(Concatenate()([GRU(4)(a), b])))
    model.compile("adam", "mse", metrics=["accuracy"])
    x, place, y = rng.normal(size=(64, 10, 3)), rng.normal(size=(64, 4)), rng.normal(size=64)
    assert [one.code for one in diagnose(model, [x, place], y)] == ["accuracy-of-measurements"]
    assert diagnose(model, [place, x], y)[0].code == "inputs-in-other-order"
    assert diagnose(model, x, y)[0].code == "number-of-inputs"


def test_what_cannot_be_looked_at_is_said():
    from keras.layers import LSTM, Dense

    model = network(LSTM(4), Dense(1))
    x, y = np.zeros((8, 10, 3)), np.zeros(8)
    assert diagnose(model, x)[0].code == "labels-missing"
    with pytest.raises(DoctorError, match="without data"):
        diagnose(model)
    with pytest.raises(DoctorError, match="generator"):
        diagnose(model, iter([(x, y)]))


def test_the_model_and_keras_stay_as_they_were():
    import keras
    from keras.layers import LSTM, Dense

    model, before = network(LSTM(4), Dense(1)), keras.layers.Layer.__call__
    weights = [weight.copy() for weight in model.get_weights()]
    diagnose(model, np.ones((8, 10, 3)), np.ones(8))
    assert keras.layers.Layer.__call__ is before
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))
