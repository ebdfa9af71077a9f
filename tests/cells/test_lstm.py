from __future__ import annotations

import numpy as np
import pytest

from lstm_course.cells import CELLS, CellWeights

LSTM = CELLS["LSTM"]
LN3 = float(np.log(3.0))  # sigmoid(ln 3) = 3/4


def weights() -> CellWeights:
    # One unit, one feature; columns i, f, c, o.
    return CellWeights.from_arrays([[[1.0, 0.0, 2.0, 0.0]], [[0.0, 1.0, 0.0, 0.0]], [0.0, 0.0, 0.5, -LN3]])


def test_one_step_worked_by_hand() -> None:
    step = LSTM.step([LN3], [[LN3], [4.0]], weights(), activation="linear")

    assert {name: round(float(value[0]), 9) for name, value in step.values.items()} == pytest.approx(
        {
            "x": LN3,
            "h_prev": LN3,
            "c_prev": 4.0,
            "z_i": LN3,  # 1·ln 3
            "z_f": LN3,  # U_f·h = 1·ln 3
            "z_c": 2 * LN3 + 0.5,
            "z_o": -LN3,  # its bias alone
            "i": 0.75,
            "f": 0.75,
            "c_tilde": 2 * LN3 + 0.5,
            "o": 0.25,
            "c": 3.0 + 0.75 * (2 * LN3 + 0.5),  # 0.75·4 + 0.75·c̃
            "c_activated": 3.0 + 0.75 * (2 * LN3 + 0.5),
            "h": 0.25 * (3.0 + 0.75 * (2 * LN3 + 0.5)),
        }
    )


def test_a_forget_bias_of_one_keeps_three_quarters_of_an_untouched_memory() -> None:
    forgetting = CellWeights.from_arrays([np.zeros((1, 4)), np.zeros((1, 4)), [0.0, 1.0, 0.0, 0.0]])
    step = LSTM.step([7.0], [[0.0], [1.0]], forgetting)
    assert float(step["c"][0]) == pytest.approx(1 / (1 + np.exp(-1)))


def test_a_batch_is_its_samples_side_by_side() -> None:
    random = np.random.default_rng(1)
    joined = CellWeights.from_arrays([random.normal(size=(2, 12)), random.normal(size=(3, 12)), np.ones(12)])
    x, h, c = random.normal(size=(5, 2)), random.normal(size=(5, 3)), random.normal(size=(5, 3))
    batch = LSTM.step(x, [h, c], joined)
    alone = LSTM.step(x[4], [h[4], c[4]], joined)
    for name in alone:
        assert batch.sample(4)[name] == pytest.approx(alone[name])
