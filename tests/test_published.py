from __future__ import annotations

import pytest

from lstm_course.data import prepare
from lstm_course.layers import LSTM
from lstm_course.published import AIRLINE
from lstm_course.shapes import predict


@pytest.mark.parametrize(
    ("name", "train", "test"),
    [
        ("airline-1", 94, 46),
        ("airline-2", 92, 44),
        ("airline-3", 92, 44),
        ("airline-4", 92, 44),
        ("airline-5", 92, 44),
    ],
)
def test_the_samples_are_as_many_as_the_article_had(name: str, train: int, test: int) -> None:
    ready = prepare(AIRLINE[name].experiment)
    assert (ready.num_samples("train"), ready.num_samples("validation"), ready.num_samples("test")) == (
        train,
        0,
        test,
    )


def test_the_first_test_label_is_the_articles() -> None:
    ready = prepare(AIRLINE["airline-1"].experiment)
    assert (int(ready.rows["test"][0]), int(ready.label_rows["test"][-1, 0])) == (96, 142)
    assert ready.parts is not None
    assert (ready.parts.train.stop, ready.parts.test.start) == (95, 96)


def test_three_lags_are_features_once_and_timesteps_once() -> None:
    assert prepare(AIRLINE["airline-2"].experiment).input_shape == (1, 3)
    assert prepare(AIRLINE["airline-3"].experiment).input_shape == (3, 1)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("airline-1", {"scaler-saw-test"}),
        ("airline-2", {"scaler-saw-test", "lags-as-features"}),
        ("airline-3", {"scaler-saw-test"}),
        ("airline-4", {"scaler-saw-test"}),
        ("airline-5", {"scaler-saw-test"}),
    ],
)
def test_its_faults_are_found_and_all_of_them_run(name: str, codes: set[str]) -> None:
    prediction = predict(AIRLINE[name].experiment)
    assert {finding.code for finding in prediction.findings} == codes
    assert prediction.runs


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("airline-1", 101),
        ("airline-2", 4 * (4 * (3 + 4) + 4) + 5),
        ("airline-5", 96 + 4 * (4 * (4 + 4) + 4) + 5),
    ],
)
def test_their_parameters(name: str, parameters: int) -> None:
    assert predict(AIRLINE[name].experiment).parameters == parameters


def test_what_the_article_says_of_each() -> None:
    figures = [(model.train_rmse, model.test_rmse) for model in AIRLINE.values()]
    assert figures == [(22.93, 47.53), (24.19, 58.03), (23.69, 58.88), (20.74, 52.23), (20.49, 56.35)]
    assert AIRLINE["airline-1"].title == "one timestep"
    for model in AIRLINE.values():
        exp = model.experiment
        assert (exp.scaling, exp.scaler_fit, exp.batch_size, exp.epochs) == ("minmax", "all", 1, 100)
        assert all(isinstance(layer, LSTM) and layer.units == 4 for layer in exp.layers)
    assert [AIRLINE[f"airline-{number}"].experiment.stateful for number in range(1, 6)] == [False] * 3 + [
        True
    ] * 2
