"""lc.diagnose(model, x, y) in a notebook, before fit."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.doctor import diagnose

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
