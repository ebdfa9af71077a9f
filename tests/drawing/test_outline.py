"""The diagram in words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM, Dense


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_shape_and_every_finding_is_said(random_diagram, seed):
    drawn = random_diagram(seed)
    said = drawn.outline()
    for stage in drawn.scene.known.stages:
        assert f"{stage.tensor}, that is {stage.tensor.named}" in said
    for finding in drawn.scene.known.findings:
        assert finding.title in said


def test_axes_that_end_and_axes_that_change_are_said(drawn):
    said = drawn(Experiment(layers=(LSTM(4),))).outline()
    assert "timesteps 12 ends here: only the last h leaves: return_sequences=False" in said
    assert "features 1 becomes units 4: h holds one number per unit of LSTM(4)" in said


def test_the_order_is_from_the_bottom_up(drawn):
    lines = [line for line in drawn().outline().splitlines() if line[:1].isdigit()]
    names = [line.split(" ")[1] for line in lines]
    assert names == [
        "Rows",
        "Scaling",
        "Windows",
        "Batches",
        "Input",
        "LSTM",
        "Dense",
        "Loss",
    ]


def test_sizes_that_meet_by_chance_are_called_so_where_labels_meet_the_output(drawn):
    sequences = (LSTM(4, return_sequences=True),)
    said = drawn(Experiment(timesteps=12, horizon=12, layers=sequences, head=(Dense(1),))).outline()
    assert said.count("The shapes match by chance") == said.count("as many, but the first output") == 1
    assert said.index("as many, but") > said.index("8. Loss")
    assert "match the output" not in said
