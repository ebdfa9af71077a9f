"""The activations that Keras knows by name, in NumPy, with the derivatives that backpropagation needs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
"""A NumPy array of real numbers; the functions keep its dtype."""

_SELU_SCALE = 1.0507009873554805
_SELU_ALPHA = 1.6732632423543772


@dataclass(frozen=True)
class Activation:
    """One activation: a function from (…, units) to (…, units)."""

    name: str  # as Keras writes it
    symbol: str  # as an equation writes it: σ for sigmoid, else the name
    function: Callable[[Array], Array]  # element by element, or over the last axis for the softmax family
    derivative: Callable[[Array], Array] | None = None  # with respect to the input; None: not offered here

    def __call__(self, x: Array) -> Array:
        """Apply the function."""
        return self.function(x)


def get(name: str | None) -> Activation:
    """Find an activation by the name that Keras gives it; None is "linear", as in Keras.

    Raises:
        ValueError: the name is not one of ACTIVATIONS.

    Example:
        >>> float(get("hard_sigmoid")(np.array(1.5)))
        0.75
    """
    key = "linear" if name is None else name
    if key not in ACTIVATIONS:
        raise ValueError(
            f"Got activation={name!r}, expected one of {', '.join(sorted(ACTIVATIONS))}. "
            "Give the activation by its Keras name, or None for linear."
        )
    return ACTIVATIONS[key]


def slope(name: str | None, x: Array) -> Array:
    """Compute the derivative of an activation at x, the value that went into it.

    Raises:
        ValueError: the activation has no derivative here.

    Example:
        >>> slope("sigmoid", np.array([0.0])).tolist()
        [0.25]
    """
    derivative = get(name).derivative
    if derivative is None:
        known = ", ".join(sorted(known for known in ACTIVATIONS if ACTIVATIONS[known].derivative is not None))
        raise ValueError(
            f"Got activation={name!r}, expected one with a derivative here: {known}. Choose one of them."
        )
    return derivative(x)


def sigmoid(x: Array) -> Array:
    """Compute 1 / (1 + exp(-x)) without overflow: only the exponential of a negative number is taken.

    Example:
        >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
        [0.0, 0.5, 1.0]
    """
    small = np.exp(-np.abs(x))
    value: Array = np.where(x >= 0, 1, small) / (1 + small)
    return value


def softplus(x: Array) -> Array:
    """Compute log(1 + exp(x)) without overflow."""
    return np.logaddexp(x, 0)


def relu(x: Array) -> Array:
    """Cut off what is below zero."""
    return np.maximum(x, 0)


def elu(x: Array) -> Array:
    """Keep what is above zero, bend the rest towards -1."""
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def gelu(x: Array) -> Array:
    """Weigh x by the normal distribution at x: the exact form, Keras's default."""
    return x * (1 + _erf(x / math.sqrt(2))) / 2


def exponential(x: Array) -> Array:
    """Compute exp(x); beyond the largest number of the dtype that is inf, as in Keras."""
    with np.errstate(over="ignore"):
        return np.exp(x)


def hard_sigmoid(x: Array) -> Array:
    """Follow the sigmoid with three straight lines: 0, x/6 + 1/2, 1."""
    return np.clip(x / 6 + 0.5, 0, 1)


def softmax(x: Array) -> Array:
    """Share 1 among the units in proportion to exp(x)."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def log_softmax(x: Array) -> Array:
    """Compute the logarithm of the softmax, without taking the logarithm of a zero."""
    shifted = x - x.max(axis=-1, keepdims=True)
    logarithms: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logarithms


def sparse_plus(x: Array) -> Array:
    """Join 0 (below -1) and x (above 1) by a parabola."""
    return np.where(x <= -1, 0, np.where(x < 1, (x + 1) ** 2 / 4, x))


def _erf(x: Array) -> Array:
    values = np.frompyfunc(math.erf, 1, 1)(x)
    return np.asarray(values, dtype=x.dtype)


def _sigmoid_derivative(x: Array) -> Array:
    value = sigmoid(x)
    return value * (1 - value)


def _tanh_derivative(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def _elu_derivative(x: Array) -> Array:
    return np.exp(np.minimum(x, 0))


def _where(x: Array, condition: Array | NDArray[np.bool_], scale: float = 1.0) -> Array:
    return np.where(condition, scale, 0).astype(x.dtype)


_ALL = (
    Activation("linear", "", lambda x: x, np.ones_like),
    Activation("sigmoid", "σ", sigmoid, _sigmoid_derivative),
    Activation("tanh", "tanh", np.tanh, _tanh_derivative),
    Activation("relu", "relu", relu, lambda x: _where(x, x > 0)),
    Activation("relu6", "relu6", lambda x: np.clip(x, 0, 6), lambda x: _where(x, (x > 0) & (x < 6))),
    Activation("leaky_relu", "leaky_relu", lambda x: np.where(x >= 0, x, x * 0.2)),
    Activation("hard_sigmoid", "hard_sigmoid", hard_sigmoid, lambda x: _where(x, np.abs(x) < 3, 1 / 6)),
    Activation("elu", "elu", elu, _elu_derivative),
    Activation("celu", "celu", elu, _elu_derivative),
    Activation("selu", "selu", lambda x: _SELU_SCALE * np.where(x > 0, x, _SELU_ALPHA * elu(x))),
    Activation("softplus", "softplus", softplus, sigmoid),
    Activation("softsign", "softsign", lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
    Activation("silu", "silu", lambda x: x * sigmoid(x)),
    Activation("swish", "swish", lambda x: x * sigmoid(x)),
    Activation("hard_silu", "hard_silu", lambda x: x * hard_sigmoid(x)),
    Activation("hard_swish", "hard_swish", lambda x: x * hard_sigmoid(x)),
    Activation("gelu", "gelu", gelu),
    Activation("mish", "mish", lambda x: x * np.tanh(softplus(x))),
    Activation("exponential", "exp", exponential, exponential),
    Activation("softmax", "softmax", softmax),
    Activation("log_softmax", "log_softmax", log_softmax),
    Activation("log_sigmoid", "log_sigmoid", lambda x: -softplus(-x), lambda x: sigmoid(-x)),
    Activation("hard_tanh", "hard_tanh", lambda x: np.clip(x, -1, 1), lambda x: _where(x, np.abs(x) < 1)),
    Activation("tanh_shrink", "tanh_shrink", lambda x: x - np.tanh(x), lambda x: np.tanh(x) ** 2),
    Activation("soft_shrink", "soft_shrink", lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0)),
    Activation("hard_shrink", "hard_shrink", lambda x: np.where(np.abs(x) > 0.5, x, 0)),
    Activation("squareplus", "squareplus", lambda x: (x + np.sqrt(x**2 + 4)) / 2),
    Activation("sparse_plus", "sparse_plus", sparse_plus),
    Activation("sparse_sigmoid", "sparse_sigmoid", lambda x: np.clip((x + 1) / 2, 0, 1)),
)

ACTIVATIONS: Mapping[str, Activation] = {activation.name: activation for activation in _ALL}
"""Every activation by its Keras name. Not here: glu (it halves the units), threshold (it needs two more
arguments than a name can carry) and sparsemax (it sorts the units; no recurrent layer uses it)."""
