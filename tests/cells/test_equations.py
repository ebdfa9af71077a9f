from __future__ import annotations

from typing import Any

import pytest

from lstm_course.cells import CELLS, CellWeights
from lstm_course.shapes.weights import parameter_formula

VARIANTS: list[tuple[str, dict[str, Any]]] = [
    ("LSTM", {}),
    ("GRU", {"reset_after": True}),
    ("GRU", {"reset_after": False}),
    ("SimpleRNN", {}),
]


def plain(name: str, **arguments: Any) -> dict[str, str]:
    return {equation.symbol: equation.plain for equation in CELLS[name].equations_for(**arguments)}


@pytest.mark.parametrize(("name", "arguments"), VARIANTS)
def test_there_is_one_equation_for_each_computed_number_in_the_same_order(name: str, arguments: Any) -> None:
    cell = CELLS[name]
    shapes = parameter_formula(name, 1, 1, use_bias=False).weights
    weights = CellWeights.from_arrays([[[0.5] * shape[1]] for _, shape in shapes])
    step = cell.step([1.0], [[0.0]] * len(cell.states), weights, **arguments)
    given = {"x", *(f"{state}_prev" for state in cell.states)}
    computed = [quantity for quantity in step if quantity not in given]
    assert computed == [equation.symbol for equation in cell.equations_for(**arguments)]


def test_the_lstm_equations() -> None:
    equations = plain("LSTM")
    assert equations["z_f"] == "z_f = xₜ·W_f + hₜ₋₁·U_f + b_f"
    assert equations["c_tilde"] == "c̃ₜ = tanh(z_c)"
    assert equations["c"] == "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ"
    assert equations["h"] == "hₜ = oₜ ⊙ tanh(cₜ)"


def test_the_reset_gate_stands_after_or_before_the_product() -> None:
    assert plain("GRU")["z_h"] == "z_h = xₜ·W_h + b_h + rₜ ⊙ uₜ"
    assert plain("GRU")["recurrent_h"] == "uₜ = hₜ₋₁·U_h + b′_h"
    assert plain("GRU", reset_after=False)["z_h"] == "z_h = xₜ·W_h + sₜ·U_h + b_h"
    assert plain("GRU")["h"] == "hₜ = zₜ ⊙ hₜ₋₁ + (1 − zₜ) ⊙ h̃ₜ"


@pytest.mark.parametrize(("name", "arguments"), VARIANTS)
def test_without_a_bias_no_equation_mentions_one(name: str, arguments: Any) -> None:
    for equation in CELLS[name].equations_for(use_bias=False, **arguments):
        assert "b_" not in equation.plain + equation.latex
        assert "b′" not in equation.plain
        assert "b'" not in equation.latex


def test_equations_name_the_activations_in_use() -> None:
    equations = plain("LSTM", activation="relu", recurrent_activation=None)
    assert equations["h"] == "hₜ = oₜ ⊙ relu(cₜ)"
    assert equations["i"] == "iₜ = z_i"
    latex = {e.symbol: e.latex for e in CELLS["LSTM"].equations_for(recurrent_activation="hard_sigmoid")}
    assert latex["i"] == r"i_t = \mathrm{hard\_sigmoid}(z_i)"


@pytest.mark.parametrize("name", sorted(CELLS))
def test_every_equation_has_a_sentence_and_its_braces_close(name: str) -> None:
    for equation in CELLS[name].equations:
        assert equation.sentence.endswith(".")
        assert equation.latex.count("{") == equation.latex.count("}")
