from __future__ import annotations

from typing import Any

import pytest

from lstm_course.shapes.weights import parameter_formula


@pytest.mark.parametrize(
    ("kind", "arguments", "text", "total"),
    [
        ("LSTM", {}, "4 · (4 · (1 + 4) + 4) = 96", 96),
        ("LSTM", {"use_bias": False}, "4 · (4 · (1 + 4)) = 80", 80),
        ("GRU", {}, "3 · (4 · (1 + 4) + 2 · 4) = 84", 84),
        ("GRU", {"reset_after": False}, "3 · (4 · (1 + 4) + 4) = 72", 72),
        ("GRU", {"use_bias": False}, "3 · (4 · (1 + 4)) = 60", 60),
        ("SimpleRNN", {}, "4 · (1 + 4) + 4 = 24", 24),
        ("Dense", {}, "1 · 4 + 4 = 8", 8),
        ("Dense", {"use_bias": False}, "1 · 4 = 4", 4),
    ],
)
def test_four_units_on_one_feature(kind: str, arguments: dict[str, Any], text: str, total: int) -> None:
    formula = parameter_formula(kind, units=4, features=1, **arguments)
    assert (formula.text, formula.total) == (text, total)


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN", "Dense"])
@pytest.mark.parametrize("use_bias", [True, False])
def test_the_text_is_arithmetic_that_comes_to_the_total(kind: str, use_bias: bool) -> None:
    formula = parameter_formula(kind, units=32, features=7, use_bias=use_bias)
    left, right = formula.text.replace("·", "*").replace(" ", "").replace(",", "").split("=")
    assert eval(left) == int(right) == formula.total
    with_numbers = formula.general.replace("units", "32").replace("features", "7")
    assert formula.text.startswith(with_numbers + " = ")


def test_large_counts_are_grouped_by_thousands() -> None:
    assert parameter_formula("LSTM", units=64, features=1).text == "4 · (64 · (1 + 64) + 64) = 16,896"


def test_the_derivation_names_every_weight_and_its_axes() -> None:
    formula = parameter_formula("GRU", units=4, features=1)
    assert formula.weights == (("kernel", (1, 12)), ("recurrent_kernel", (4, 12)), ("bias", (2, 12)))
    assert formula.derivation == (
        "kernel: 1 feature × 12 columns (3 gates × 4 units) = 12",
        "recurrent_kernel: 4 units at t-1 × 12 columns (3 gates × 4 units) = 48",
        "bias: 2 rows (input, recurrent) × 12 columns (3 gates × 4 units) = 24",
    )


@pytest.mark.parametrize(
    ("kind", "units", "features", "message"),
    [
        ("Conv1D", 4, 1, r"Got kind='Conv1D', expected one of LSTM, GRU, SimpleRNN, Dense"),
        ("LSTM", 0, 1, r"Got units=0, expected an integer of at least 1"),
        ("LSTM", 4, 1.5, r"Got features=1.5, expected an integer"),
        ("LSTM", True, 1, r"Got units=True"),
    ],
)
def test_what_is_not_a_layer_is_refused(kind: str, units: Any, features: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parameter_formula(kind, units, features)
