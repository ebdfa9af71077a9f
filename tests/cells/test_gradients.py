from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_course.cells import gradient_over_lags, jacobians, unroll
from lstm_course.shapes.weights import parameter_formula

VARIANTS: list[tuple[str, dict[str, Any]]] = [
    ("LSTM", {}),
    ("LSTM", {"activation": "softsign", "recurrent_activation": "hard_sigmoid"}),
    ("GRU", {"reset_after": True}),
    ("GRU", {"reset_after": False}),
    ("SimpleRNN", {}),
    ("SimpleRNN", {"go_backwards": True}),
    ("LSTM", {"mask": [True, False, True, True, False]}),
]


def random_case(name: str, arguments: dict[str, Any]) -> tuple[np.ndarray, list[np.ndarray]]:
    random = np.random.default_rng(11)
    shapes = parameter_formula(name, 3, 2, True, arguments.get("reset_after", True)).weights
    return random.normal(size=(5, 2)), [random.uniform(-0.7, 0.7, shape) for _, shape in shapes]


@pytest.mark.parametrize(("name", "arguments"), VARIANTS)
def test_jacobians_of_the_input_are_the_finite_differences(name: str, arguments: dict[str, Any]) -> None:
    x, weights = random_case(name, arguments)
    trace = unroll(name, x, weights, **arguments)
    for t, jacobian in zip(reversed(trace.order), jacobians(trace), strict=True):
        for feature in range(2):
            nudge = np.zeros_like(x)
            nudge[t, feature] = 1e-6
            up = unroll(name, x + nudge, weights, **arguments).last_output
            down = unroll(name, x - nudge, weights, **arguments).last_output
            assert jacobian[:, feature] == pytest.approx((up - down) / 2e-6, abs=1e-8)


@pytest.mark.parametrize("state", [0, 1])
def test_jacobians_of_a_state_are_the_finite_differences(state: int) -> None:
    x, weights = random_case("LSTM", {})
    trace = unroll("LSTM", x, weights)
    at = [trace.steps[2]["h"], trace.steps[2]["c"]]
    jacobian = jacobians(trace, "hc"[state])[2]  # two timesteps before the last of five
    for unit in range(3):
        nudge = np.zeros((2, 3))
        nudge[state, unit] = 1e-6
        up = unroll("LSTM", x[3:], weights, initial_states=list(at + nudge)).last_output
        down = unroll("LSTM", x[3:], weights, initial_states=list(at - nudge)).last_output
        assert jacobian[:, unit] == pytest.approx((up - down) / 2e-6, abs=1e-8)


def test_a_linear_state_fades_by_its_recurrent_weight_at_each_lag() -> None:
    x, weights = np.ones((4, 1)), [[[2.0]], [[0.5]]]
    assert gradient_over_lags("SimpleRNN", x, weights, activation="linear").tolist() == [2.0, 1.0, 0.5, 0.25]
    assert gradient_over_lags("SimpleRNN", x, weights, activation="linear", wrt="h").tolist() == [
        1,
        0.5,
        0.25,
        0.125,
    ]


def test_the_memory_of_an_lstm_fades_only_by_its_forget_gate() -> None:
    # No input, no recurrence: h_T = c_T / 2 and c_T = f · c, with f = sigmoid(ln 3) = 3/4.
    weights = [np.zeros((1, 4)), np.zeros((1, 4)), [0.0, np.log(3.0), 0.0, 0.0]]
    norms = gradient_over_lags("LSTM", np.ones((4, 1)), weights, activation="linear", wrt="c")
    # The gradient of c at lag 0 arises inside the last step, so c as it left that step has none but by h.
    assert norms[1:] == pytest.approx([0.75 / 2, 0.75**2 / 2, 0.75**3 / 2])


def test_masked_timesteps_have_no_gradient() -> None:
    x, weights = random_case("GRU", {})
    norms = gradient_over_lags("GRU", x, weights, mask=[True, False, True, True, False])
    assert norms[0] == norms[3] == 0
    assert (norms[[1, 2, 4]] > 0).all()


@pytest.mark.parametrize(
    "more", [{"mask": [False] * 5}, {"mask": [True] * 4 + [False], "zero_output_for_mask": True}]
)
def test_an_output_that_is_blank_depends_on_nothing(more: dict[str, Any]) -> None:
    x, weights = random_case("GRU", {})
    assert gradient_over_lags("GRU", x, weights, wrt="h", **more).tolist() == [0] * 5


def test_what_has_no_gradient_here_is_refused() -> None:
    x, weights = random_case("GRU", {})
    with pytest.raises(ValueError, match=r"Got wrt='c', expected x or one of GRU's states, h"):
        gradient_over_lags("GRU", x, weights, wrt="c")
    with pytest.raises(ValueError, match=r"Got a trace of 1 samples, expected one window"):
        gradient_over_lags("GRU", x[None], weights)
    with pytest.raises(
        ValueError, match=r"Got activation='gelu', expected one with a derivative here: .*tanh"
    ):
        gradient_over_lags("GRU", x, weights, activation="gelu")
