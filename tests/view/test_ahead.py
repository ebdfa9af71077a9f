"""Errors at each step ahead are counted on the windows whose steps all have a truth."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import prepare
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.observation import Forecast
from lstm_course.view.views import ahead


def test_persistence_repeats_the_row_before_the_first_step() -> None:
    ready = prepare(Experiment())
    rows = np.array([[100, 101], [101, 102]])
    truth = ready.targets[rows]
    errors = ahead._errors(ready, {"direct": Forecast(truth + 3.0, truth, rows, "direct", 1)})
    last = ready.targets[[99, 100]]
    expected = np.sqrt(((truth - last[:, None]) ** 2).mean(axis=(0, 2)))
    assert errors["direct"] == pytest.approx([3.0, 3.0])
    assert errors["persistence"] == pytest.approx(expected)


def test_a_window_without_all_its_truth_is_left_out() -> None:
    ready = prepare(Experiment())
    rows = np.array([[142, 143], [143, 144]])
    truth = np.array([[[1.0], [2.0]], [[3.0], [np.nan]]])
    values = np.array([[[1.0], [4.0]], [[90.0], [90.0]]])
    errors = ahead._errors(ready, {"direct": Forecast(values, truth, rows, "direct", 1)})
    assert errors["direct"] == pytest.approx([0.0, 2.0])
