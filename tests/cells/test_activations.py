from __future__ import annotations

import numpy as np
import pytest

from lstm_course.cells.activations import ACTIVATIONS, get

POINTS = np.array([-4.3, -2.1, -0.7, -0.2, 0.3, 0.8, 1.9, 3.7])


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("sigmoid", np.log(3.0), 0.75),
        ("tanh", np.log(2.0), 0.6),
        ("relu", -2.0, 0.0),
        ("relu6", 9.0, 6.0),
        ("leaky_relu", -2.0, -0.4),
        ("hard_sigmoid", 1.5, 0.75),
        ("softsign", -3.0, -0.75),
        ("silu", np.log(3.0), 0.75 * np.log(3.0)),
        ("elu", np.log(0.25), -0.75),
        ("softplus", np.log(3.0), np.log(4.0)),
        ("squareplus", 1.5, 2.0),
        ("hard_silu", 1.5, 1.125),
    ],
)
def test_values_worked_by_hand(name: str, x: float, expected: float) -> None:
    assert float(ACTIVATIONS[name](np.array(x))) == pytest.approx(expected, rel=1e-12)


def test_softmax_shares_one_in_proportion_to_the_exponentials() -> None:
    assert ACTIVATIONS["softmax"](np.log([1.0, 2.0, 5.0])) == pytest.approx([0.125, 0.25, 0.625])


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_ends_of_the_range_warn_of_nothing_and_keep_the_dtype(name: str) -> None:
    values = ACTIVATIONS[name](np.array([-1000.0, 0.0, 1000.0], dtype="float32"))
    assert values.dtype == np.float32
    assert not np.isnan(values).any()


@pytest.mark.parametrize("name", sorted(name for name in ACTIVATIONS if ACTIVATIONS[name].derivative))
def test_derivatives_are_the_slopes(name: str) -> None:
    activation = ACTIVATIONS[name]
    assert activation.derivative is not None
    slopes = (activation(POINTS + 1e-6) - activation(POINTS - 1e-6)) / 2e-6
    assert activation.derivative(POINTS) == pytest.approx(slopes, rel=1e-6, abs=1e-8)


def test_none_is_linear() -> None:
    assert get(None).name == "linear"


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"Got activation='tahn', expected one of .*tanh.*Keras name"):
        get("tahn")
