from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from lstm_course.data import DataError, Facts
from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM, Dense, RepeatVector, TimeDistributed
from lstm_course.problems import ProblemError
from lstm_course.shapes import check, fitting_loss, loss_of, predict, predict_stages, require_runnable

Make = Callable[..., Facts]


def test_a_prediction_of_the_airline_model() -> None:
    found = predict(Experiment(dataset="air_passengers", timesteps=12, layers=(LSTM(4),)))
    assert found.facts.part("train").num_samples == 89
    assert (found.label.shape, found.output and found.output.shape) == ((32, 1), (32, 1))
    assert found.parameters == 96 + 5
    assert found.steps_per_epoch == 3
    assert found.runs
    assert found.findings == ()
    assert found.comparison is not None
    assert found.comparison.verdict == "match"


def test_an_impossible_network_has_stages_up_to_where_it_ends(facts_with: Make) -> None:
    found = predict(Experiment(layers=(LSTM(8), LSTM(4))), facts_with())
    assert [stage.id for stage in found.stages][-2:] == ["input-layer", "recurrent-layer-1"]
    assert (found.output, found.comparison, found.runs) == (None, None, False)
    assert found.stage("head") is None
    assert found.parameters == 4 * (8 * (1 + 8) + 8)


def test_what_is_wrong_and_runs_is_no_obstacle(facts_with: Make) -> None:
    found = predict(Experiment(layers=(LSTM(4, return_sequences=True),)), facts_with())
    assert [finding.code for finding in found.findings] == ["silent-broadcast"]
    assert found.runs
    require_runnable(found)


def test_what_keras_would_raise_is_raised_as_a_sentence(facts_with: Make) -> None:
    found = predict(Experiment(horizon=3, head=(Dense(2),)), facts_with())
    sentence = f"{found.findings[0].explanation} {found.findings[0].fix}"
    with pytest.raises(ProblemError, match=f"^{re.escape(sentence)}$"):
        require_runnable(found)


def test_a_window_longer_than_the_rows_still_has_stages() -> None:
    found = predict(Experiment(timesteps=200))
    assert [finding.code for finding in found.findings if finding.blocks] == ["window-too-long"]
    assert found.stages[-1].id == "loss"
    assert found.steps_per_epoch == 0


def test_a_data_set_that_does_not_exist_is_an_error_at_once() -> None:
    with pytest.raises(DataError, match=r"did you mean 'co2'\?"):
        predict(Experiment(dataset="co3"))


def test_the_fitting_loss_is_used_unless_another_is_named() -> None:
    assert fitting_loss(Experiment(labels="one-hot")) == "categorical_crossentropy"
    assert loss_of(Experiment(labels="one-hot", loss="mse")) == "mse"
    assert loss_of(Experiment()) == "mse"


def test_stages_and_findings_can_be_asked_for_alone(facts_with: Make) -> None:
    exp = Experiment(timesteps=200)
    assert predict_stages(exp, facts_with()) == predict(exp, facts_with()).stages
    assert check(exp, facts_with()) == predict(exp, facts_with()).findings


def test_a_decoder_of_another_length_is_told_to_repeat_as_often_as_the_horizon() -> None:
    def decoder(count: int) -> Experiment:
        layers = (LSTM(4), RepeatVector(count), LSTM(4, return_sequences=True), TimeDistributed(Dense(1)))
        return Experiment(timesteps=12, horizon=6, layers=layers)

    wrong, right = predict(decoder(5)).comparison, predict(decoder(6)).comparison
    assert wrong is not None
    assert right is not None
    assert "RepeatVector(6) instead of RepeatVector(5), and end with TimeDistributed(Dense(1))" in wrong.fix
    assert right.is_right
