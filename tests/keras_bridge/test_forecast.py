from __future__ import annotations

import keras
import numpy as np
import pandas as pd
import pytest

from lstm_course.data import Series, facts_of, prepare
from lstm_course.evaluate import recursive_forecast
from lstm_course.experiment import Experiment, Split
from lstm_course.keras_bridge.build import build
from lstm_course.keras_bridge.feed import ArrayFeed, feed_of
from lstm_course.keras_bridge.forecast import forecast_ahead, forecast_part
from lstm_course.keras_bridge.predict import predict_feed, predict_parts
from lstm_course.layers import GRU, LSTM
from lstm_course.problems import ProblemError

pytestmark = pytest.mark.keras


SEQUENCE = (LSTM(2, return_sequences=True),)


def model_and_arrays(exp, series=None):
    return build(exp, facts_of(exp, series)), prepare(exp, series)


def test_recursive_forecasts_equal_those_made_step_by_step():
    model, prepared = model_and_arrays(Experiment(layers=(LSTM(3),), timesteps=4))
    ours = forecast_part(model, prepared, "test", steps=6)
    by_hand = recursive_forecast(lambda X: model.predict(X, verbose=0), prepared.X["test"], 6)
    np.testing.assert_allclose(ours.values, prepared.target_scaler.inverse(by_hand), rtol=1e-5)
    assert ours.num_calls == 6


def test_windows_are_cut_in_chunks(monkeypatch):
    model, prepared = model_and_arrays(Experiment(layers=(LSTM(3),), timesteps=4))
    whole = forecast_part(model, prepared, "test", steps=3)
    monkeypatch.setattr("lstm_course.keras_bridge.forecast.CHUNK", 5)
    assert len(whole.values) % 5
    np.testing.assert_allclose(
        forecast_part(model, prepared, "test", steps=3).values, whole.values, rtol=1e-5
    )


def test_a_part_without_a_sample_has_no_forecast():
    model, prepared = model_and_arrays(Experiment(layers=(LSTM(3),), timesteps=4, split=Split(100, 44, 0)))
    assert forecast_part(model, prepared, "test", steps=3).values.shape == (0, 3, 1)


def test_truth_stops_where_the_data_do():
    model, prepared = model_and_arrays(Experiment(layers=(LSTM(3),), timesteps=4))
    found = forecast_ahead(model, prepared, steps=3)
    assert found.rows.tolist() == [[144, 145, 146]]
    assert np.isnan(found.truth).all()
    inside = forecast_part(model, prepared, "test", steps=2)
    assert inside.truth[0, :, 0].tolist() == prepared.targets[inside.rows[0], 0].tolist()
    assert np.isnan(inside.truth[-1, 1, 0])


def test_a_network_of_three_steps_is_fed_back_three_at_a_time():
    model, prepared = model_and_arrays(Experiment(layers=(LSTM(3),), timesteps=4, horizon=3))
    direct = forecast_part(model, prepared, "test", steps=3, method="direct")
    recursive = forecast_part(model, prepared, "test", steps=5)
    assert recursive.num_calls == 2
    np.testing.assert_allclose(recursive.values[:, :3], direct.values, rtol=1e-5)
    own = prepared.restore(predict_parts(model, prepared)["test"])
    np.testing.assert_allclose(direct.values[:, :, 0], own, rtol=1e-5)


def test_features_that_are_not_forecast_stay_at_their_last_value():
    rng = np.random.default_rng(0)
    series = Series("two", pd.DataFrame({"x": rng.normal(size=60), "y": rng.normal(size=60)}))
    exp = Experiment(features=("x", "y"), targets=("y",), layers=(GRU(2),), timesteps=3)
    model, prepared = model_and_arrays(exp, series)
    found = forecast_ahead(model, prepared, steps=2)
    window = np.array(prepared.scaler.transform(series.values(["x", "y"])[-3:]), dtype="float32")
    first = model(window[None]).numpy()[0, 0]
    second = model(np.vstack([window[1:], [window[-1, 0], first]])[None]).numpy()[0, 0]
    np.testing.assert_allclose(
        found.values[0, :, 0], prepared.target_scaler.inverse([first, second]), rtol=1e-4
    )


@pytest.mark.parametrize(
    ("changes", "steps", "method", "words"),
    [
        ({"horizon": 2}, 3, "direct", "Train with labels='steps' and horizon=3"),
        ({"layers": (LSTM(2, stateful=True),), "batch_size": 1}, 3, "recursive", "Use stateful=False"),
        (
            {"labels": "sequence", "layers": (LSTM(2, return_sequences=True),), "horizon": 2},
            3,
            "recursive",
            "horizon=1",
        ),
        ({}, 0, "recursive", "steps=0"),
        ({}, 1, "both", "expected 'recursive' or 'direct'"),
    ],
)
def test_what_cannot_be_forecast_says_why(changes, steps, method, words):
    model, prepared = model_and_arrays(Experiment(**{"layers": (LSTM(2),), "timesteps": 4, **changes}))
    with pytest.raises(ProblemError, match=words):
        forecast_part(model, prepared, "test", steps=steps, method=method)


def test_predictions_are_those_of_keras_with_windows_cut_on_the_device():
    model, prepared = model_and_arrays(Experiment(layers=(GRU(3),), timesteps=5, stride=2, lags="features"))
    ours = predict_parts(model, prepared)["train"]
    np.testing.assert_allclose(ours, model.predict(prepared.X["train"], verbose=0), rtol=1e-4, atol=1e-6)


def test_a_stateful_model_goes_on_from_batch_to_batch_and_drops_what_fills_up():
    model, prepared = model_and_arrays(
        Experiment(layers=(LSTM(3, stateful=True),), batch_size=4, timesteps=4)
    )
    X = prepared.X["test"]
    assert len(X) == 18
    ours = predict_parts(model, prepared)["test"]
    model.layers[0].reset_state()
    batches = [model(X[start : start + 4]).numpy() for start in range(0, 16, 4)]
    np.testing.assert_allclose(ours[:16], np.concatenate(batches), rtol=1e-5)
    assert len(ours) == 18
    np.testing.assert_allclose(predict_parts(model, prepared)["test"], ours)  # starts from an empty state


def test_more_samples_than_one_call_takes():
    model = keras.Sequential([keras.Input((2, 1)), keras.layers.SimpleRNN(2)])
    X = np.random.default_rng(0).normal(size=(2_500, 2, 1)).astype("float32")
    np.testing.assert_allclose(
        predict_feed(model, ArrayFeed((X,))), model.predict(X, verbose=0), rtol=1e-4, atol=1e-6
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": "sequence", "horizon": 2, "layers": (LSTM(2, return_sequences=True),)},
        {"horizon": 3, "stride": 2},
        {"dataset": "seattle_weather", "targets": ("temp_max", "temp_min"), "horizon": 2},
    ],
)
def test_labels_gathered_row_by_row_are_the_labels(changes, monkeypatch):
    monkeypatch.setattr("lstm_course.keras_bridge.feed.MAX_BYTES", 0)
    prepared = prepare(Experiment(**{"layers": (LSTM(2),), "timesteps": 4, **changes}))
    feed = feed_of(prepared, "train")
    assert feed.label_offsets is not None
    samples = np.array([0, 5, 3], dtype=np.int32)
    x, y = feed.batch(feed.tensors, samples)
    np.testing.assert_array_equal(x, prepared.X["train"][samples])
    np.testing.assert_array_equal(y, prepared.y["train"][samples])
