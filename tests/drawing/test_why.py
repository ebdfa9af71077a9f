"""Why a shape is what it is: the reason that is given is the true one, with its numbers."""

from __future__ import annotations

import pytest

from lstm_course.drawing.why import reasons
from lstm_course.experiment import Experiment
from lstm_course.layers import LSTM, Dense, Dropout, TimeDistributed
from lstm_course.shapes import predict

VOWELS = {"dataset": "japanese_vowels", "labels": "class"}
EACH = (LSTM(4, return_sequences=True),)


@pytest.mark.parametrize(
    ("stage", "changes", "said"),
    [
        ("windowing", {"stride": 3}, "(101 rows − 12 timesteps − horizon 1) // stride 3 + 1 = 30 windows"),
        ("windowing", {"lags": "features"}, "12 rows × 1 side by side, in a single timestep"),
        ("input-layer", {}, "Input(shape=…) leaves it out: any number may come"),
        ("head", {"horizon": 6}, "Dense(6) makes 6 weighted sums, each of all 32 units"),
        ("head", {"layers": EACH, "head": (TimeDistributed(Dropout(0.2)), Dense(1))}, "each timestep by itself"),
    ],
)  # fmt: skip
def test_reasons_of_windows_and_layers(stage, changes, said):
    prediction = predict(Experiment(**changes))
    assert said in [why.reason for why in reasons(prediction.stage(stage), prediction)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"timesteps": 12}, "in front; longer ones, of up to 29 rows, lose their first rows"),
        ({"timesteps": 12, "padding": "post"}, "behind; longer ones, of up to 29 rows, lose their last rows"),
        ({"timesteps": 29}, "in front; the longest has 29 rows"),
    ],
)
def test_reasons_of_padding(changes, said):
    prediction = predict(Experiment(**VOWELS, **changes))
    found = reasons(prediction.stage("windowing"), prediction)[1].reason
    assert found == f"shorter sequences are filled up {said}"
