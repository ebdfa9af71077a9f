"""What a control does to an Experiment."""

from __future__ import annotations

import pytest

from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Masking, SimpleRNN
from lstm_course.shapes import predict
from lstm_course.view import edits


def test_another_cell_keeps_what_both_know() -> None:
    exp = Experiment(layers=(LSTM(8, dropout=0.2, return_sequences=True, unit_forget_bias=False), LSTM(4)))
    changed = edits.set_all_cells(exp, "GRU")
    assert changed.layers == (GRU(8, dropout=0.2, return_sequences=True), GRU(4))


def test_another_cell_stays_in_its_wrapper() -> None:
    exp = Experiment(layers=(Bidirectional(LSTM(8), merge_mode="sum"),))
    assert edits.set_cell(exp, 1, "SimpleRNN").layers == (Bidirectional(SimpleRNN(8), merge_mode="sum"),)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_stack_that_a_control_makes_runs(count: int) -> None:
    stacked = edits.set_num_layers(Experiment(layers=(LSTM(16),)), count)
    assert len(stacked.recurrent_layers) == count
    assert predict(stacked).runs
    assert [layer.units for layer in stacked.recurrent_layers] == [16, 8, 4, 2][:count]


def test_a_smaller_stack_keeps_the_shape_of_its_output() -> None:
    exp = edits.set_num_layers(Experiment(layers=(LSTM(16),)), 3)
    assert edits.set_num_layers(exp, 1).layers == (LSTM(16),)
    sequences = exp.change(layers=(*exp.layers[:-1], LSTM(4, return_sequences=True)))
    assert edits.set_num_layers(sequences, 1).layers == (LSTM(16, return_sequences=True),)


def test_direction_state_and_mask_come_and_go() -> None:
    exp = Experiment(layers=(LSTM(8),))
    assert edits.set_bidirectional(edits.set_bidirectional(exp, 1, True), 1, False) == exp
    assert edits.set_stateful(exp, True).stateful
    assert edits.set_masking(exp, True).layers == (Masking(0.0), LSTM(8))
    assert edits.set_masking(edits.set_masking(exp, True), False) == exp


def test_merge_mode_belongs_to_the_wrapper() -> None:
    exp = edits.set_bidirectional(Experiment(layers=(LSTM(8),)), 1, True)
    merged = edits.set_merge_mode(exp, "ave")
    assert merged.layers == (Bidirectional(LSTM(8), merge_mode="ave"),)
    assert predict(merged).stage("recurrent-layer-1").shape == (32, 8)
