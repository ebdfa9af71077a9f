from __future__ import annotations

import numpy as np
import pytest

from lstm_course.cells import CELLS, CellWeights


def test_one_step_worked_by_hand() -> None:
    # Two features, two units: z = [1, 2]·W + [0.5, −0.5]·U + b.
    weights = CellWeights.from_arrays([[[1.0, 0.0], [0.5, -1.0]], [[2.0, 0.0], [0.0, 4.0]], [0.0, 1.0]])
    step = CELLS["SimpleRNN"].step([1.0, 2.0], [[0.5, -0.5]], weights)
    assert step["z_h"].tolist() == [3.0, -3.0]  # 1 + 1 + 1, −2 − 2 + 1
    assert step["h"] == pytest.approx(np.tanh([3.0, -3.0]))


def test_it_has_no_recurrent_activation() -> None:
    weights = CellWeights.from_arrays([[[1.0]], [[1.0]]])
    with pytest.raises(
        ValueError, match=r"Got the argument recurrent_activation, but a SimpleRNN cell takes"
    ):
        CELLS["SimpleRNN"].step([1.0], [[0.0]], weights, recurrent_activation="sigmoid")
