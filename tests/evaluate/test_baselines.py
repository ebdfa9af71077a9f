from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_course.data import Series, prepare
from lstm_course.evaluate import LinearModel, Task, baseline_forecasts, score_baselines, season_of, task_of
from lstm_course.evaluate.baselines import (
    drift,
    moving_average,
    nearest_centroid,
    persistence,
    seasonal_drift,
    seasonal_naive,
)
from lstm_course.experiment import Experiment, Split
from lstm_course.problems import ProblemError

AIRLINE = Split(train=95, validation=0, test=47, gap=1)


@pytest.fixture(scope="module")
def model_1():
    return score_baselines(prepare(Experiment(timesteps=1, split=AIRLINE)))


@pytest.mark.parametrize(
    ("name", "part", "rmse"),
    [
        ("persistence", "train", 23.18),
        ("persistence", "test", 48.66),
        ("seasonal naive", "test", 42.32),
        ("seasonal drift", "test", 15.69),
    ],
)
def test_published_figures_on_the_targets_of_model_1(model_1, name, part, rmse):
    assert round(model_1[name][part]["rmse"], 2) == rmse


def test_published_persistence_on_the_44_targets_of_the_three_lag_models():
    ready = prepare(Experiment(timesteps=3, split=AIRLINE))
    assert ready.num_samples("test") == 44
    assert round(score_baselines(ready)["persistence"]["test"]["rmse"], 2) == 49.02


def test_published_nearest_centroid_of_the_vowels():
    exp = Experiment(dataset="japanese_vowels", labels="class", timesteps=29, split=Split(0.7, 0))
    scores = score_baselines(prepare(exp))["nearest centroid"]["test"]
    assert scores["num_scored"] == 370
    assert round(100 * scores["accuracy"], 1) == 90.3


VALUES = np.array([[1.0], [5.0], [2.0], [6.0], [3.0], [7.0], [5.0]])
TASK = Task(VALUES, np.array([[4, 5, 6]]), np.array([[3, 3, 3]]))  # rows 4 to 6 from what row 3 knows


@pytest.mark.parametrize(
    ("forecast", "expected"),
    [
        (persistence(TASK), [6, 6, 6]),
        (seasonal_naive(TASK, 2), [2, 6, 2]),
        (seasonal_drift(TASK, 2), [2 + 1, 6 + 1, 2 + 6 - np.nan]),
        (drift(TASK), [6 + 5 / 3, 6 + 10 / 3, 6 + 5]),
        (moving_average(TASK, 2), [4, 4, 4]),
        (moving_average(TASK, 9), [3.5, 3.5, 3.5]),
    ],
)
def test_many_steps_by_hand(forecast, expected):
    assert forecast.shape == (1, 3, 1)
    np.testing.assert_allclose(forecast.ravel(), expected)


def test_no_baseline_sees_what_is_not_known_yet():
    after = VALUES.copy()
    after[4:] = 1e6
    changed = Task(after, TASK.label_rows, TASK.origin_rows)
    for forecast in (persistence, drift):
        np.testing.assert_array_equal(forecast(TASK), forecast(changed))
    for seasonal in (seasonal_naive, seasonal_drift, moving_average):
        for size in (1, 2, 3):
            np.testing.assert_array_equal(seasonal(TASK, size), seasonal(changed, size))


@pytest.mark.parametrize(
    "choice", [{"horizon": 3}, {"labels": "sequence"}, {"flat_labels": True}, {"dataset": "co2"}]
)
def test_forecasts_have_the_shape_of_the_truth(choice):
    ready = prepare(Experiment(**choice))
    for name, parts in baseline_forecasts(ready).items():
        for part, forecast in parts.items():
            assert forecast.shape == ready.truth(part).shape, name


def test_persistence_of_sequence_labels_is_the_row_before_each():
    ready = prepare(Experiment(labels="sequence"))
    task = task_of(ready, "train")
    assert (task.steps_ahead == 1).all()
    np.testing.assert_array_equal(persistence(task)[:, 1:], task.truth[:, :-1])


def test_a_label_sequence_has_no_linear_forecast_because_later_rows_would_tell():
    assert "linear" not in baseline_forecasts(prepare(Experiment(labels="sequence")))


def test_the_linear_model_is_least_squares():
    generator = np.random.default_rng(0)
    X, y = generator.normal(size=(60, 4, 2)), generator.normal(size=(60, 3))
    flat = np.hstack([X.reshape(60, 8), np.ones((60, 1))])
    expected = flat @ np.linalg.lstsq(flat, y, rcond=None)[0]
    np.testing.assert_allclose(LinearModel(X, y).forecast(X), expected, atol=1e-8)
    with pytest.raises(ProblemError, match="as many labels as windows"):
        LinearModel(X, y[:-1])


def test_the_linear_model_leaves_out_windows_with_gaps():
    X = np.arange(8.0).reshape(4, 2, 1)
    y = X[:, -1] + 1
    X[1, 0, 0] = np.nan
    forecast = LinearModel(X, y).forecast(X)
    assert np.isnan(forecast[1]).all()
    np.testing.assert_allclose(forecast[[0, 2, 3]], y[[0, 2, 3]], atol=1e-8)


def test_class_baselines_of_tomorrows_weather():
    scores = score_baselines(prepare(Experiment(dataset="seattle_weather", labels="class")))
    assert set(scores) == {"majority class", "nearest centroid", "persistence"}
    assert all(0 < by_part["test"]["accuracy"] < 1 for by_part in scores.values())


def test_a_feature_without_spread_does_not_count():
    points = np.array([[0.0, 3.0], [8.0, 3.0]])
    assert nearest_centroid(points, np.array([4, 7]), np.array([[7.0, 3.0]])).tolist() == [7]


@pytest.mark.parametrize(("step", "season"), [("D", 7), ("h", 24), ("MS", 12), ("W-SUN", 52), ("7min", 1)])
def test_rows_of_the_learners_own_have_the_season_of_their_step(step, season):
    times = pd.date_range("2020-01-01", periods=60, freq=step)
    own = Series("mine", pd.DataFrame({"x": np.arange(60.0)}, index=times), step)
    assert season_of(prepare(Experiment(dataset="mine", timesteps=2), own)) == season
