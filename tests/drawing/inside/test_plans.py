from __future__ import annotations

from dataclasses import replace

import pytest

from lstm_course.cells import CELLS
from lstm_course.drawing.inside import cell_view
from lstm_course.drawing.inside.wiring import PLANS, Wiring
from lstm_course.layers import SimpleRNN


def test_every_cell_has_a_drawing() -> None:
    assert set(PLANS) == set(CELLS)


def test_a_new_cell_is_one_function_away(chosen_in, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Wiring] = []
    monkeypatch.setitem(PLANS, "SimpleRNN", drawn.append)
    cell_view(chosen_in(SimpleRNN(2)), 992)
    assert [wiring.chosen.cell.name for wiring in drawn] == ["SimpleRNN"]


def test_a_cell_without_a_drawing_is_refused_with_what_to_do(
    chosen_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = chosen_in(SimpleRNN(2))
    monkeypatch.delitem(PLANS, "SimpleRNN")
    with pytest.raises(ValueError, match="Add a file to `drawing/inside/plans`"):
        cell_view(replace(chosen), 992)
