from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_course.cells import CELLS, CellWeights, Trace, terms_of, unroll
from lstm_course.shapes.weights import parameter_formula

VARIANTS: list[tuple[str, dict[str, Any]]] = [
    ("LSTM", {}),
    ("LSTM", {"activation": "softmax", "recurrent_activation": "hard_sigmoid"}),
    ("GRU", {"reset_after": True}),
    ("GRU", {"reset_after": False}),
    ("SimpleRNN", {"activation": None}),
]


def random_trace(name: str, arguments: dict[str, Any], use_bias: bool = True, **more: Any) -> Trace:
    random = np.random.default_rng(7)
    formula = parameter_formula(name, 3, 2, use_bias, arguments.get("reset_after", True))
    weights = [random.normal(size=shape) for _, shape in formula.weights]
    return unroll(name, random.normal(size=(4, 2)), weights, **arguments, **more)


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize(("name", "arguments"), VARIANTS)
def test_the_terms_of_every_number_add_up_to_it(name: str, arguments: dict[str, Any], use_bias: bool) -> None:
    trace = random_trace(name, arguments, use_bias)
    for step in trace.steps:
        for equation in CELLS[trace.cell].equations_for(use_bias=use_bias, **arguments):
            for unit in range(3):
                terms = terms_of(step, trace.cell, trace.weights, equation.symbol, unit)
                total = sum(term.product for term in terms)
                assert total == pytest.approx(float(step[equation.symbol][unit]), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(("name", "arguments"), VARIANTS)
def test_the_factors_of_every_term_multiply_to_its_product(name: str, arguments: dict[str, Any]) -> None:
    trace = random_trace(name, arguments)
    for equation in CELLS[trace.cell].equations_for(**arguments):
        for term in terms_of(trace.steps[2], trace.cell, trace.weights, equation.symbol, 1):
            if term.right is not None:
                assert term.left * term.right == term.product


def labels(name: str, quantity: str, unit: int = 2, **arguments: Any) -> list[str]:
    trace = random_trace(name, arguments)
    return [term.label for term in terms_of(trace.steps[1], trace.cell, trace.weights, quantity, unit)]


def test_the_terms_of_a_gate() -> None:
    assert labels("LSTM", "z_i") == [
        "x[0] · W_i[0, 2]",
        "x[1] · W_i[1, 2]",
        "h_prev[0] · U_i[0, 2]",
        "h_prev[1] · U_i[1, 2]",
        "h_prev[2] · U_i[2, 2]",
        "b_i[2]",
    ]


def test_the_terms_of_the_states() -> None:
    assert labels("LSTM", "i") == ["sigmoid(z_i[2])"]
    assert labels("LSTM", "c") == ["f[2] · c_prev[2]", "i[2] · c_tilde[2]"]
    assert labels("LSTM", "h") == ["o[2] · tanh(c[2])"]
    assert labels("LSTM", "h", activation="linear") == ["o[2] · c[2]"]
    assert labels("GRU", "h") == ["z[2] · h_prev[2]", "(1 − z[2]) · h_tilde[2]"]


def test_the_reset_gate_stands_where_reset_after_puts_it() -> None:
    assert labels("GRU", "z_h")[-2:] == ["b_h[2]", "r[2] · recurrent_h[2]"]
    assert labels("GRU", "recurrent_h")[-1] == "b′_h[2]"
    assert labels("GRU", "z_h", reset_after=False)[2] == "reset_h[0] · U_h[0, 2]"


def test_every_term_says_where_it_comes_from() -> None:
    trace = random_trace("GRU", {})
    sources = {term.source for term in terms_of(trace.steps[1], trace.cell, trace.weights, "z_z", 0)}
    assert sources == {
        "input feature 0", "input feature 1", "unit 0 at t-1", "unit 1 at t-1", "unit 2 at t-1",
        "bias", "recurrent bias",
    }  # fmt: skip
    (kept, candidate) = terms_of(trace.steps[1], trace.cell, trace.weights, "h", 2)
    assert (kept.source, candidate.source) == ("unit 2 at t-1", "unit 2")


def test_the_state_of_a_masked_timestep_is_the_one_before() -> None:
    trace = random_trace("LSTM", {}, mask=[True, False, True, True])
    (term,) = terms_of(trace.steps[1], trace.cell, trace.weights, "c", 0)
    assert term.label == "c_prev[0]"
    assert term.product == float(trace.steps[0]["c"][0])
    assert term.source == "unit 0 at t-1, carried along: masked"


@pytest.mark.parametrize(
    ("quantity", "unit", "message"),
    [
        ("x", 0, r"Got quantity='x', expected one that is computed: z_h, h"),
        ("h", 1, r"Got unit=1, expected 0 to 0"),
        ("h", -1, r"Got unit=-1, expected 0 to 0"),
    ],
)
def test_what_is_not_computed_is_refused(quantity: str, unit: int, message: str) -> None:
    weights = CellWeights.from_arrays([[[1.0]], [[1.0]]])
    step = CELLS["SimpleRNN"].step([1.0], [[0.0]], weights)
    with pytest.raises(ValueError, match=message):
        terms_of(step, CELLS["SimpleRNN"], weights, quantity, unit)


def test_a_batch_is_refused() -> None:
    weights = CellWeights.from_arrays([[[1.0]], [[1.0]]])
    step = CELLS["SimpleRNN"].step([[1.0], [2.0]], [[[0.0], [0.0]]], weights)
    with pytest.raises(
        ValueError, match=r"Got a step of 2 samples, expected one sample. Take one: step.sample\(0\)"
    ):
        terms_of(step, CELLS["SimpleRNN"], weights, "h", 0)
