from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import load_series
from lstm_course.evaluate import (
    error_per_step,
    find_lag,
    fit_intervals,
    recursive_forecast,
    share_inside,
    walk_forward,
)
from lstm_course.problems import ProblemError

PRICES = load_series("brent").values()[:500, 0]


def test_a_forecast_that_is_the_input_one_step_late_is_found():
    lag = find_lag(PRICES[1:], PRICES[:-1])
    assert (lag.best, lag.errors[1], lag.gain) == (1, 0.0, 1.0)
    assert lag.is_late
    assert "Moved back by 1 row" in lag.sentence()


def test_an_honest_forecast_fits_where_it_stands():
    noise = np.random.default_rng(1).normal(0, 0.1, len(PRICES))
    lag = find_lag(PRICES, PRICES + noise)
    assert lag.best == 0
    assert not lag.is_late
    assert "fits best where it stands" in lag.sentence()


def test_the_horizon_shows_as_the_lag_and_rows_may_be_missing():
    rows = np.delete(np.arange(5, 500), [40, 41, 90])
    lag = find_lag(PRICES[rows], PRICES[rows - 5], rows=rows)
    assert lag.best == 5
    assert "5 rows" in lag.sentence()


def test_a_lag_needs_one_label_for_each_sample():
    with pytest.raises(ProblemError, match="Choose one step of the horizon"):
        find_lag(np.zeros((5, 2)), np.zeros((5, 2)))


def test_errors_by_step_ignore_missing_truth():
    truth = np.array([[0.0, np.nan, np.nan], [0.0, 0.0, np.nan]])
    errors = error_per_step(truth, np.array([[3.0, 4.0, 5.0]] * 2))
    np.testing.assert_array_equal(errors, [3.0, 4.0, np.nan])
    with pytest.raises(ProblemError, match="same shape"):
        error_per_step(truth, truth[:, :2])


def test_a_recursive_forecast_feeds_itself():
    doubled = recursive_forecast(lambda X: X[:, -1] + X[:, -2], np.array([[[1.0], [1.0]]]), 5)
    assert doubled.ravel().tolist() == [2.0, 3.0, 5.0, 8.0, 13.0]
    with pytest.raises(ProblemError, match="all 2 features"):
        recursive_forecast(lambda X: X[:, -1, :1], np.zeros((3, 4, 2)), 2)


def test_folds_walk_to_the_end():
    folds = walk_forward(20, num_folds=3, test_rows=4, gap=2)
    assert [(f.train.stop, f.test.start, f.test.stop) for f in folds] == [
        (6, 8, 12),
        (10, 12, 16),
        (14, 16, 20),
    ]
    with pytest.raises(ProblemError, match="Use fewer folds"):
        walk_forward(12, num_folds=3, test_rows=4)


def test_intervals_hold_what_they_promise_and_widen_with_the_horizon():
    generator = np.random.default_rng(0)
    residuals = generator.normal(size=(2_000, 3)) * [1.0, 2.0, 4.0]
    found = fit_intervals(residuals[:1_000], np.zeros((1_000, 3)), coverage=0.9)
    low, high = found.around(np.zeros((1_000, 3)))
    assert share_inside(residuals[1_000:], low, high) == pytest.approx(0.9, abs=0.02)
    assert (np.diff(found.above - found.below) > 0).all()


def test_too_few_residuals_are_answered():
    with pytest.raises(
        ProblemError, match="An interval for 80% needs at least 9 validation samples, but there are 8"
    ):
        fit_intervals(np.zeros(8), np.zeros(8))
    assert fit_intervals(np.zeros(9), np.zeros(9)).num_residuals == 9
    with pytest.raises(ProblemError, match="between 0 and 1"):
        fit_intervals(np.zeros(9), np.zeros(9), coverage=80)
