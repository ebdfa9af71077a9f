from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from lstm_course.cells import (
    CELLS,
    Cell,
    CellWeights,
    Equation,
    Step,
    gradient_over_lags,
    register,
    terms_of,
    unroll,
)
from lstm_course.cells.equations import Bias, Product, Weighted
from lstm_course.shapes.weights import parameter_formula

ONE = CellWeights.from_arrays([[[1.0]], [[1.0]], [0.0]])


def test_gates_and_states_carry_the_letters_of_keras_in_its_order() -> None:
    assert {name: cell.gates for name, cell in CELLS.items()} == {
        "LSTM": ("i", "f", "c", "o"),
        "GRU": ("z", "r", "h"),
        "SimpleRNN": ("h",),
    }
    assert {name: cell.states for name, cell in CELLS.items()} == {
        "LSTM": ("h", "c"),
        "GRU": ("h",),
        "SimpleRNN": ("h",),
    }


@pytest.mark.parametrize("name", sorted(CELLS))
def test_the_parameter_formula_gives_shapes_that_the_cell_takes(name: str) -> None:
    formula = parameter_formula(name, units=3, features=2)
    trace = unroll(name, np.ones((4, 2)), [np.ones(shape) for _, shape in formula.weights])
    assert trace.outputs.shape == (4, 3)


def test_a_quantity_that_is_not_there_is_named() -> None:
    step = CELLS["SimpleRNN"].step([1.0], [[0.0]], ONE)
    with pytest.raises(KeyError, match=r"Got 'c', expected one of x, h_prev, z_h, h"):
        step["c"]


def test_a_sample_is_taken_only_out_of_a_batch() -> None:
    step = CELLS["SimpleRNN"].step([1.0], [[0.0]], ONE)
    with pytest.raises(ValueError, match=r"Got a step of one sample, expected \(samples, units\) arrays"):
        step.sample(0)


@pytest.mark.parametrize(
    ("name", "x", "states", "message"),
    [
        ("LSTM", [1.0], [[0.0], [0.0]], r"that is 1 gates, expected 4 \(i, f, c, o\) for LSTM: \(1, 4\)"),
        ("SimpleRNN", [1.0, 2.0], [[0.0]], r"Got x_t of shape \(2,\), expected .* features=1"),
        (
            "SimpleRNN",
            [1.0],
            [[0.0], [0.0]],
            r"Got 2 states .*, expected 1 \(h\) of shape \(1,\) for SimpleRNN",
        ),
        ("SimpleRNN", [[1.0]], [[0.0]], r"expected 1 \(h\) of shape \(1, 1\)"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, x: Any, states: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CELLS[name].step(x, states, ONE)


def test_a_second_cell_of_the_same_name_is_refused() -> None:
    with pytest.raises(ValueError, match="Got a second cell named 'LSTM'"):
        register(CELLS["LSTM"])


def leaky_step(projected: Any, states: Any, weights: CellWeights, arguments: Any) -> dict[str, Any]:
    z = projected + weights.bias
    return {"z_k": z, "m": arguments["leak"] * states[0] + z}


def leaky_back(step: Step, gradients: Any, weights: CellWeights, arguments: Any) -> Any:
    return (arguments["leak"] * gradients[0],), gradients[0] @ weights.kernel.T


def leaky_equations(arguments: Any, use_bias: bool) -> tuple[Equation, ...]:
    del arguments, use_bias
    sum_up = Equation("z_k", "", "z_k = xₜ·W_k + b_k", "", (Weighted("x", "k"), Bias("k")), "k")
    return sum_up, Equation("m", "", "", "", (Product("leak", "m_prev"), Product("one", "z_k")))


@pytest.fixture
def leaky() -> Iterator[Cell]:
    yield register(Cell("Leaky", ("k",), ("m",), {"leak": 0.5}, leaky_step, leaky_back, leaky_equations))
    del CELLS["Leaky"]


def test_a_cell_must_be_registered_before_it_is_unrolled() -> None:
    stranger = Cell("Stranger", ("k",), ("m",), {}, leaky_step, leaky_back, leaky_equations)
    with pytest.raises(ValueError, match=r"Got the cell 'Stranger', expected one of .* or register it"):
        unroll(stranger, [[1.0]], ONE)


def test_a_new_cell_works_everywhere_once_it_is_registered(leaky: Cell) -> None:
    trace = unroll("Leaky", [[1.0], [2.0], [4.0]], ONE, leak=0.25)
    assert trace.outputs.ravel().tolist() == [1.0, 2.25, 4.5625]
    assert gradient_over_lags("Leaky", [[1.0], [2.0], [4.0]], ONE, leak=0.25).tolist() == [1.0, 0.25, 0.0625]
    assert sum(term.product for term in terms_of(trace.steps[1], leaky, ONE, "z_k", 0)) == 2.0
