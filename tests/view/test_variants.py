"""What can be put beside an experiment."""

from __future__ import annotations

from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional
from lstm_course.view.variants import variants


def test_each_variant_changes_one_thing():
    found = variants(Experiment(timesteps=12, layers=(LSTM(8),)))
    assert found["the cell GRU"].layers == (GRU(8),)
    assert found["return_sequences=True"].layers == (LSTM(8, return_sequences=True),)
    assert found["Bidirectional"].layers == (Bidirectional(LSTM(8)),)
    assert found["one more layer"].layers == (LSTM(8, return_sequences=True), LSTM(4))
    assert found["twice the timesteps"].timesteps == 24
    assert "the cell LSTM" not in found


def test_what_is_on_can_be_turned_off():
    found = variants(Experiment(layers=(Bidirectional(LSTM(8, return_sequences=True)),)))
    assert found["without Bidirectional"].layers == (LSTM(8, return_sequences=True),)
    assert found["return_sequences=False"].layers == (Bidirectional(LSTM(8)),)


def test_stateful_too():
    assert variants(Experiment(batch_size=1))["stateful=True"].stateful
