"""A trace is computed once for the same arrays and rows, and anew for others."""

from __future__ import annotations

import numpy as np

from lstm_course.data import facts_of, prepare
from lstm_course.drawing.kept_traces import kept_trace
from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM
from lstm_course.shapes import predict


def test_the_same_arrays_and_rows_are_followed_once():
    exp = Experiment(timesteps=3, layers=(LSTM(2),))
    prediction, windows = predict(exp, facts_of(exp)), prepare(exp).X["train"]
    rng = np.random.default_rng(0)
    shapes = [weight.shape for layer in prediction.layers for weight in layer.weights]
    weights = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    first = kept_trace(prediction, weights, windows[0], {})
    assert kept_trace(prediction, list(weights), windows[0], {}) is first
    assert kept_trace(prediction, weights, windows[1], {}) is not first
    others = [weight.copy() for weight in weights]
    assert kept_trace(prediction, others, windows[0], {}) is not first
