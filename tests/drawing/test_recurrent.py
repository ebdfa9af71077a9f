"""The unrolled layer within the whole: what is read, handed on, turned round and given away."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, TimeDistributed

NAMESPACE = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{NAMESPACE}text")]


def test_both_readings_of_an_lstm_hold_c_and_h(drawn):
    shown = texts(drawn(Experiment(layers=(Bidirectional(LSTM(4)),))).to_svg())
    assert (shown.count("c=0"), shown.count("h=0")) == (2, 2)
    assert shown.count("c\u00a0\u00a0h") == 2 * 4


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("concat", "4 + 4: two readings side by side"),
        ("sum", "the two readings added, unit by unit"),
        ("ave", "the mean of the two readings, unit by unit"),
        ("mul", "the two readings multiplied, unit by unit"),
    ],
)
def test_how_two_readings_become_one_says_how_wide_the_output_is(drawn, mode, reason):
    shown = texts(drawn(Experiment(layers=(Bidirectional(GRU(4), merge_mode=mode),))).to_svg(width=390))
    assert reason in shown


def test_outputs_of_a_layer_that_reads_backwards_are_turned_round(drawn):
    exp = Experiment(
        timesteps=3, horizon=3, labels="sequence", head=(TimeDistributed(Dense(1)),),
        layers=(LSTM(2, go_backwards=True, return_sequences=True),),
    )  # fmt: skip
    svg = drawn(exp).to_svg()
    assert "t = 2 first." in " ".join(texts(svg))
    ways = re.findall(r'd="M([\d.]+) 64L([\d.]+) 15M[\d.]+ 64V15M([\d.]+) 64L([\d.]+) 15"', svg)
    assert [(first, last) for first, last, _, _ in ways] == [(ways[0][3], ways[0][2])]


def test_the_first_batch_of_a_stateful_layer_starts_at_zero_and_later_ones_do_not(drawn):
    exp = Experiment(timesteps=3, batch_size=1, layers=(LSTM(4, stateful=True),))
    first, later = drawn(exp, window=0), drawn(exp, window=5)
    assert "h=0" in texts(first.to_svg())
    assert "h=0" not in texts(later.to_svg())
    starts = [view.player_data()["clock"]["recurrent-layer-1"]["start"] for view in (first, later)]
    assert starts == [
        "the first batch starts at 0; the next one goes on where it ends",
        "the state is carried on from the batch before",
    ]


def test_the_batch_of_the_chosen_window_is_never_folded_away(drawn):
    exp = Experiment(timesteps=3, batch_size=1, layers=(LSTM(4, stateful=True),))
    for width in (390, 1024):
        svg = drawn(exp, window=40).to_svg(width=width)
        assert re.findall(r'data-batch="(\d+)"', svg) == ["0", "40", "97"]
