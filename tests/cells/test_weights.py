from __future__ import annotations

import numpy as np
import pytest

from lstm_course.cells import CELLS, CellWeights


def lstm_arrays(units: int = 2, features: int = 3) -> list[np.ndarray]:
    joined = 4 * units
    return [
        np.arange(features * joined).reshape(features, joined),
        np.ones((units, joined)),
        np.arange(joined),
    ]


def test_sizes_are_read_from_the_shapes() -> None:
    weights = CellWeights.from_arrays(lstm_arrays())
    assert (weights.features, weights.units, weights.num_gates) == (3, 2, 4)


def test_integers_are_computed_in_float64_and_floats_in_their_own_dtype() -> None:
    assert CellWeights.from_arrays(lstm_arrays()).dtype == np.float64
    narrow = [array.astype("float32") for array in lstm_arrays()]
    assert CellWeights.from_arrays(narrow).dtype == np.float32
    assert CellWeights.from_arrays(narrow, dtype="float64").dtype == np.float64


def test_gates_are_blocks_of_columns_in_the_order_of_keras() -> None:
    gates = CELLS["LSTM"].split_gates(CellWeights.from_arrays(lstm_arrays()))
    assert list(gates) == ["i", "f", "c", "o"]
    assert gates["f"].bias is not None
    assert gates["f"].bias.tolist() == [2, 3]
    assert gates["c"].kernel.tolist() == [[4, 5], [12, 13], [20, 21]]
    assert gates["o"].recurrent_kernel.shape == (2, 2)
    assert gates["o"].recurrent_bias is None


def test_a_gru_with_reset_after_has_a_second_bias() -> None:
    arrays = [np.ones((1, 6)), np.ones((2, 6)), np.arange(12).reshape(2, 6)]
    gates = CELLS["GRU"].split_gates(CellWeights.from_arrays(arrays))
    assert gates["h"].bias is not None
    assert gates["h"].bias.tolist() == [4, 5]
    assert gates["h"].recurrent_bias is not None
    assert gates["h"].recurrent_bias.tolist() == [10, 11]


def test_the_number_of_arrays_is_checked() -> None:
    with pytest.raises(ValueError, match=r"Got 6 arrays, expected 2 or 3: kernel, recurrent_kernel"):
        CellWeights.from_arrays([np.ones((1, 1))] * 6)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((8,), (2, 8)), r"Got a kernel of shape \(8,\) .* in the order kernel, recurrent_kernel, bias"),
        (((3, 8), (2, 6)), r"expected the same number of columns in both"),
        (((3, 7), (2, 7)), r"a multiple of the 2 rows \(units\)"),
        (((3, 8), (2, 8), (7,)), r"Got a bias of shape \(7,\), expected \(8,\), or \(2, 8\) for GRU"),
    ],
)
def test_shapes_that_cannot_belong_together_are_refused(
    shapes: tuple[tuple[int, ...], ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        CellWeights.from_arrays([np.ones(shape) for shape in shapes])
