from __future__ import annotations

import numpy as np
import pytest

from lstm_course.cells import CELLS, CellWeights

GRU = CELLS["GRU"]
LN3 = float(np.log(3.0))  # sigmoid(ln 3) = 3/4
KERNEL, RECURRENT = [[1.0, 0.0, 2.0]], [[0.0, 0.0, 3.0]]  # one unit, one feature; columns z, r, h


def test_reset_after_worked_by_hand() -> None:
    # b: r gets -ln 3; b′: h gets 1.
    weights = CellWeights.from_arrays([KERNEL, RECURRENT, [[0.0, -LN3, 0.0], [0.0, 0.0, 1.0]]])
    step = GRU.step([LN3], [[2.0]], weights, activation="linear")
    assert float(step["z"][0]) == pytest.approx(0.75)
    assert float(step["r"][0]) == pytest.approx(0.25)
    assert float(step["recurrent_h"][0]) == pytest.approx(7.0)  # 3·2 + 1
    assert float(step["h_tilde"][0]) == pytest.approx(2 * LN3 + 0.25 * 7)  # r times the product and its bias
    assert float(step["h"][0]) == pytest.approx(0.75 * 2 + 0.25 * (2 * LN3 + 1.75))


def test_reset_before_worked_by_hand() -> None:
    weights = CellWeights.from_arrays([KERNEL, RECURRENT, [0.0, -LN3, 1.0]])
    step = GRU.step([LN3], [[2.0]], weights, activation="linear", reset_after=False)
    assert float(step["reset_h"][0]) == pytest.approx(0.5)  # 0.25·2
    assert float(step["h_tilde"][0]) == pytest.approx(
        2 * LN3 + 1 + 3 * 0.5
    )  # r inside the product, bias outside
    assert float(step["h"][0]) == pytest.approx(0.75 * 2 + 0.25 * (2 * LN3 + 2.5))


def test_an_open_update_gate_keeps_the_old_state() -> None:
    weights = CellWeights.from_arrays([KERNEL, RECURRENT, [[1000.0, 0.0, 0.0], [0.0, 0.0, 0.0]]])
    assert GRU.step([5.0], [[0.4]], weights)["h"].tolist() == [0.4]


@pytest.mark.parametrize(
    ("bias", "reset_after", "message"),
    [
        (np.zeros(3), True, r"Got a bias of shape \(3,\), expected \(2, 3\) for GRU\(1, reset_after=True\)"),
        (np.zeros((2, 3)), False, r"Got a bias of shape \(2, 3\), expected \(3,\) .* Change reset_after"),
    ],
)
def test_a_bias_for_the_other_reset_is_refused(bias: np.ndarray, reset_after: bool, message: str) -> None:
    weights = CellWeights.from_arrays([KERNEL, RECURRENT, bias])
    with pytest.raises(ValueError, match=message):
        GRU.step([1.0], [[0.0]], weights, reset_after=reset_after)
