from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_course.data import DataError, Series, load_series, num_masked_steps, pad, prepare
from lstm_course.data.sequences import every_kth
from lstm_course.experiment import Experiment, Split

AIRLINE = Split(train=95, validation=0, test=47, gap=1)


def test_the_published_airline_targets():
    ready = prepare(Experiment(timesteps=1, split=AIRLINE, scaling="minmax", scaler_fit="all"))
    assert (ready.num_samples("train"), ready.num_samples("test")) == (94, 46)
    assert ready.label_rows["train"][[0, -1], 0].tolist() == [1, 94]
    assert ready.label_rows["test"][[0, -1], 0].tolist() == [97, 142]
    assert ready.X["train"].dtype == np.float32
    assert (ready.scaler.offset[0], ready.scaler.scale[0]) == (104.0, 518.0)
    assert "that is a leak" in " ".join(ready.notes)


@pytest.mark.parametrize(
    ("choice", "X_shape", "y_shape"),
    [
        ({}, (89, 12, 1), (89, 1)),
        ({"flat_labels": True}, (89, 12, 1), (89,)),
        ({"horizon": 4, "stride": 2}, (43, 12, 1), (43, 4)),
        ({"lags": "features"}, (89, 1, 12), (89, 1)),
        ({"labels": "sequence"}, (89, 12, 1), (89, 12, 1)),
        ({"dataset": "seattle_weather", "labels": "class"}, (1011, 12, 4), (1011,)),
        ({"dataset": "seattle_weather", "labels": "one-hot"}, (1011, 12, 4), (1011, 5)),
        ({"dataset": "japanese_vowels", "labels": "class", "timesteps": 29}, (222, 29, 12), (222,)),
        ({"dataset": "japanese_vowels", "labels": "one-hot", "timesteps": 29}, (222, 29, 12), (222, 9)),
    ],
)
def test_shapes(choice, X_shape, y_shape):
    ready = prepare(Experiment(**choice))
    assert ready.X["train"].shape == X_shape
    assert ready.y["train"].shape == y_shape
    assert ready.input_shape == X_shape[1:]
    assert ready.label_shape == y_shape[1:]


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {
            "dataset": "electricity",
            "horizon": 3,
            "targets": ("demand_gw", "temperature_c"),
            "scaling": "minmax",
        },
        {"dataset": "electricity", "labels": "sequence", "targets": ("temperature_c",), "stride": 5},
        {"dataset": "co2", "border": "reach-back", "horizon": 2},
    ],
)
def test_labels_and_truth_agree_in_every_part(choice):
    ready = prepare(Experiment(**choice))
    for part in ("train", "validation", "test"):
        truth = ready.truth(part)
        assert truth.shape == ready.y[part].shape
        np.testing.assert_allclose(ready.restore(ready.y[part]), truth, rtol=1e-5, atol=1e-4)
        times = ready.label_times(part)
        assert times is not None
        assert len(times) == len(truth)


def test_inputs_are_views_on_the_scaled_rows():
    ready = prepare(Experiment(dataset="electricity", timesteps=336))
    X = ready.X["train"]
    assert X.base is not None
    assert X.strides[0] == X.strides[1] == 4


def test_the_scaler_sees_training_rows_only():
    ready = prepare(Experiment(scaling="minmax"))
    assert (
        ready.scaler.offset[0] + ready.scaler.scale[0] == load_series("air_passengers").values()[:101].max()
    )


def test_windows_with_gaps_are_dropped_or_kept_with_a_warning():
    dropped = prepare(Experiment(dataset="co2", timesteps=52))
    assert not any(np.isnan(dropped.X[part]).any() for part in dropped.X)
    assert "touch a missing value and are left out" in " ".join(dropped.notes)
    kept = prepare(Experiment(dataset="co2", timesteps=52, gap_windows="keep"))
    assert kept.num_samples("train") == dropped.num_samples("train") + dropped.num_dropped["train"]
    assert np.isnan(kept.X["train"]).any()
    assert "turn the loss into NaN" in " ".join(kept.notes)


def test_absent_hours_become_gaps_when_inserted():
    kept = prepare(Experiment(dataset="nyc_weather", timesteps=24))
    inserted = prepare(Experiment(dataset="nyc_weather", timesteps=24, absent="insert"))
    assert kept.num_dropped["train"] == 0
    assert inserted.num_dropped["train"] == 190
    filled = prepare(Experiment(dataset="nyc_weather", timesteps=24, absent="insert", missing="interpolate"))
    assert filled.num_dropped["train"] == 0
    assert filled.cleaning is not None
    assert filled.cleaning.rows_inserted == 24


def test_limits_take_the_impossible_wind_out():
    exp = Experiment(
        dataset="nyc_weather", group="EWR", targets=("wind_speed",), limits=(("wind_speed", 0.0, 200.0),)
    )
    assert "wind_speed: 1 outside the limits" in " ".join(prepare(exp).notes)


def test_an_empty_part_is_noted_and_an_empty_training_is_an_error():
    ready = prepare(Experiment(timesteps=24))
    assert ready.num_samples("validation") == 0
    assert ready.X["validation"].shape == (0, 24, 1)
    assert "The validation part has 21 rows and gives no sample" in " ".join(ready.notes)
    with pytest.raises(DataError, match="need at least 201 rows, but the training part has 101"):
        prepare(Experiment(timesteps=200))


def test_missing_classes_are_never_trained_on():
    sky = pd.Categorical(["sun", "rain", None, "sun", "rain", "sun"])
    series = Series("own", pd.DataFrame({"x": np.arange(6.0), "sky": sky}))
    ready = prepare(Experiment(timesteps=1, labels="class", split=Split(1.0, 0), gap_windows="keep"), series)
    assert ready.y["train"].tolist() == [0, 1, 0, 1]
    assert ready.num_dropped["train"] == 1


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ({"features": ("passenger",)}, "There is no column 'passenger'; did you mean 'passengers'?"),
        ({"dataset": "seattle_weather", "features": ("weather",)}, "holds classes and cannot go in"),
        ({"dataset": "seattle_weather", "targets": ("weather",)}, "use labels='class'"),
        ({"labels": "class"}, "has no column of classes"),
        ({"dataset": "japanese_vowels"}, "use labels='class' or 'one-hot', not 'steps'"),
        (
            {"dataset": "japanese_vowels", "labels": "class", "features": ("c13",)},
            "There is no feature 'c13'",
        ),
        (
            {"dataset": "japanese_vowels", "labels": "class", "split": Split(0.7, 270)},
            "none is left to learn from",
        ),
        ({"dataset": "nyc_weather", "features": ("wind_gust",), "timesteps": 200}, "so none is left"),
    ],
)
def test_what_does_not_fit_is_answered(choice, text):
    with pytest.raises(DataError) as caught:
        prepare(Experiment(**choice))
    assert text in str(caught.value)


def test_vowel_validation_has_its_share_of_each_speaker():
    ready = prepare(Experiment(dataset="japanese_vowels", labels="class", timesteps=29))
    assert set(np.bincount(ready.y["validation"])) <= {5, 6}
    assert ready.num_samples("train") + ready.num_samples("validation") == 270
    assert set(ready.rows["train"]).isdisjoint(ready.rows["validation"])


@pytest.mark.parametrize(
    ("padding", "expected"), [("pre", [[0, 0, 5], [2, 3, 4]]), ("post", [[5, 0, 0], [1, 2, 3]])]
)
def test_padding_and_cutting(padding, expected):
    sequences = [np.array([[5.0]]), np.array([[1.0], [2.0], [3.0], [4.0]])]
    assert pad(sequences, 3, padding, padding)[:, :, 0].tolist() == expected


def test_mask_values_in_the_data_are_counted():
    assert num_masked_steps([np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 0.0]])], 0.0) == 2
    with pytest.raises(DataError, match="no sequence to pad"):
        pad([], 3)
    with pytest.raises(DataError, match="must have shape"):
        pad([np.zeros((2, 1)), np.zeros((2, 2))], 3)
    with pytest.raises(DataError, match="5 sequences were asked"):
        every_kth(3, 5)


def test_outputs_with_several_targets_are_cut_or_refused():
    ready = prepare(Experiment(dataset="electricity", horizon=3, targets=("demand_gw", "temperature_c")))
    assert ready.restore(np.zeros((7, 6))).shape == (7, 3, 2)
    with pytest.raises(DataError, match="cannot be cut into 2 targets"):
        ready.restore(np.zeros((7, 5)))
