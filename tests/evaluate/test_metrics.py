from __future__ import annotations

import numpy as np
import pytest

from lstm_course.evaluate import metrics
from lstm_course.problems import ProblemError

TRUTH = np.array([1.0, 2.0, 4.0])
FORECAST = np.array([2.0, 2.0, 2.0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (metrics.mae(TRUTH, FORECAST), 1.0),
        (metrics.rmse(TRUTH, FORECAST), np.sqrt(5 / 3)),
        (metrics.mape(TRUTH, FORECAST), 50.0),
        (metrics.smape(TRUTH, FORECAST), 200 / 3 * (1 / 3 + 2 / 6)),
        (metrics.mase(TRUTH, FORECAST, 2.0), 0.5),
        (metrics.r2(TRUTH, FORECAST), 1 - 5 / (14 / 3)),
        (metrics.mase_scale(np.array([1.0, 5.0, 4.0, 9.0]), season=2), 3.5),
        (metrics.accuracy(np.array([0, 1, 2, 2]), np.array([0, 1, 1, 2])), 0.75),
    ],
)
def test_by_hand(value, expected):
    assert value == pytest.approx(expected)


def test_confusion_counts_truth_down_and_forecast_across():
    table = metrics.confusion(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1]), 3)
    assert table.tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    "value",
    [
        metrics.mape(np.array([0.0, 1.0]), np.array([1.0, 1.0])),
        metrics.r2(np.array([3.0, 3.0]), np.array([1.0, 2.0])),
        metrics.mase(TRUTH, FORECAST, 0.0),
        metrics.mase_scale(np.array([1.0]), 1),
    ],
)
def test_what_is_not_defined_is_nan(value):
    assert np.isnan(value)


def test_shapes_that_only_broadcast_are_refused():
    with pytest.raises(ProblemError, match="only broadcast would count pairs"):
        metrics.mae(np.zeros((5, 1)), np.zeros(5))


def test_units_of_several_targets_are_not_mixed():
    truth = np.array([[1.0, 100.0], [2.0, 200.0]])
    scores = metrics.number_scores(truth, truth + np.array([1.0, 10.0]), ["t", "p"], [1.0, 5.0])
    assert (scores["mae t"], scores["mae p"], scores["mase"]) == (1.0, 10.0, 1.5)
    assert "mae" not in scores


def test_nothing_to_score_gives_nothing():
    assert metrics.number_scores(np.array([np.nan]), np.array([1.0]), ["x"], [1.0]) == {}
    assert metrics.class_scores(np.array([]), np.array([])) == {}
