"""The three ways of lesson 2 give the same windows as ours."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from lstm_course.authoring import Experiment, predict
from lstm_course.course.loading import find_lesson
from lstm_course.course.numbers import numbers_of
from lstm_course.course.prose import fill
from lstm_course.data import make_windows

STEP = find_lesson("windows").step("three-ways")


@pytest.mark.parametrize(("timesteps", "horizon", "stride"), [(12, 1, 1), (5, 3, 1), (6, 2, 4), (4, 1, 3)])
@pytest.mark.keras
def test_numpy_and_keras_give_our_windows(timesteps, horizon, stride):
    import keras

    exp = Experiment(timesteps=timesteps, horizon=horizon, stride=stride, batch_size=7)
    text = fill(STEP.text, numbers_of(predict(exp)))
    by_numpy, by_keras = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    rows = np.random.default_rng(0).normal(size=(101, 2))
    X, y = make_windows(rows, timesteps, horizon, stride, features=[0, 1], targets=[0])
    names = {"rows": rows, "target": rows[:, 0], "sliding_window_view": sliding_window_view, "keras": keras}
    exec(by_numpy, names)
    np.testing.assert_array_equal(names["X"], X)
    np.testing.assert_array_equal(names["y"], y)
    batches = [(np.asarray(a), np.asarray(b)) for a, b in eval(by_keras.strip(), names)]
    np.testing.assert_allclose(np.concatenate([a for a, _ in batches]), X)
    np.testing.assert_allclose(np.concatenate([b for _, b in batches]), y)
    assert len(batches[0][0]) == min(7, len(X))
