from __future__ import annotations

import base64

import numpy as np
import pytest

from lstm_course.drawing.inside.series import part_series, unit_series, write, write_exactly
from lstm_course.layers import GRU, LSTM


@pytest.mark.parametrize(
    ("value", "signed", "bracketed"),
    [
        (0.5004, "+0.500", "0.500"),
        (-0.5, "−0.500", "(−0.500)"),
        (12.346, "+12.35", "12.35"),
        (-123.46, "−123.5", "(−123.5)"),
        (31234.0, "+31234", "31234"),
        (-2.34e12, "−2.3e12", "(−2.3e12)"),
        (float("nan"), "NaN", "NaN"),
        (float("inf"), "NaN", "NaN"),
    ],
)
def test_a_number_is_written_in_about_six_characters(value: float, signed: str, bracketed: str) -> None:
    written = write([value])
    assert (written.text(0), written.text(0, "bracketed")) == (signed, bracketed)


def test_values_of_the_table_keep_their_digits() -> None:
    assert write_exactly([118.0, 112.0]).text(0, "plain") == "118"
    assert write_exactly([1013.25]).text(0, "plain") == "1013.25"
    assert write_exactly([1_234_567.0]).text(0, "plain") == "1234567"


def test_a_packed_series_is_little_endian_whole_numbers() -> None:
    packed = write([0.5, -0.25]).packed()
    assert packed["decimals"] == 3
    assert np.frombuffer(base64.b64decode(str(packed["packed"])), "<i2").tolist() == [500, -250]


def test_a_constant_series_is_packed_as_one_number() -> None:
    assert len(base64.b64decode(str(write([0.5] * 100).packed()["packed"]))) == 2


def test_a_state_carries_its_start_as_last_entry(chosen_in) -> None:
    chosen = chosen_in(LSTM(3), unit=1)
    assert chosen.series["h"].whole.tolist()[-1] == 0
    assert len(chosen.series["h"].whole) == chosen.timesteps + 1


@pytest.mark.parametrize("layer", [LSTM(3), GRU(3), GRU(3, reset_after=False)])
def test_parts_of_a_sum_add_up_to_it(chosen_in, layer) -> None:
    chosen = chosen_in(layer, unit=2)
    whole = unit_series(chosen.trace, 2)
    parts = part_series(chosen.trace, 2, chosen.equations)
    gate = chosen.cell.split_gates(chosen.trace.weights)[chosen.cell.gates[0]]
    bias = gate.bias[2] + (0 if gate.recurrent_bias is None else gate.recurrent_bias[2])
    symbol = f"z_{chosen.cell.gates[0]}"
    np.testing.assert_allclose(parts[f"{symbol}.0"] + parts[f"{symbol}.1"] + bias, whole[symbol], atol=1e-12)


@pytest.mark.parametrize("layer", [LSTM(65), GRU(65), GRU(65, reset_after=False)])
def test_a_part_found_by_subtraction_is_the_sum_of_its_products(chosen_in, layer) -> None:
    chosen = chosen_in(layer, unit=2)
    parts = part_series(chosen.trace, 2, chosen.equations)
    gates = chosen.cell.split_gates(chosen.trace.weights)
    for gate in chosen.cell.gates[:2]:
        products = chosen.trace.quantity("h_prev") @ gates[gate].recurrent_kernel[:, 2]
        np.testing.assert_allclose(parts[f"z_{gate}.1"], products, atol=1e-9)
