from __future__ import annotations

import pytest

from lstm_course.drawing.inside import choose
from lstm_course.layers import GRU, LSTM, Bidirectional


def test_what_lies_beyond_the_ends_becomes_the_last(chosen_in) -> None:
    chosen = chosen_in(GRU(4), timesteps=6, unit=99, timestep=99, quantity="c")
    assert (chosen.unit, chosen.timestep, chosen.quantity) == (3, 5, "h")


def test_a_backward_reader_counts_from_the_end(chosen_in) -> None:
    chosen = chosen_in(Bidirectional(LSTM(3)), timesteps=6, timestep=4, direction="backward")
    assert (chosen.position, chosen.reader) == (1, "backward reader")


def test_a_stage_without_cells_is_refused(chosen_in) -> None:
    with pytest.raises(
        ValueError, match="Got the stage 'head', expected one with a recurrent layer: recurrent-layer-1"
    ):
        choose(chosen_in(LSTM(2)).network, "head")
