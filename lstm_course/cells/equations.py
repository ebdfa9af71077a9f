"""One equation as a value: its letters, its sentence, and the parts that its sum is made of."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.cells.activations import Activation


@dataclass(frozen=True)
class Weighted:
    """A vector times a matrix of weights: one product for each entry of the vector."""

    source: str  # the vector's name in the Step: "x", "h_prev", …
    gate: str  # whose columns of the joined weights: "i", "z", …
    recurrent: bool = False  # True: recurrent_kernel (U), False: kernel (W)


@dataclass(frozen=True)
class Bias:
    """A learned constant for each unit."""

    gate: str  # whose columns of the bias
    recurrent: bool = False  # True: the second bias of GRU with reset_after=True


@dataclass(frozen=True)
class Product:
    """Two quantities multiplied unit by unit."""

    left: str  # the left factor's name in the Step
    right: str  # the right factor's name in the Step
    one_minus: bool = False  # True: the left factor is 1 − left
    right_name: str = ""  # how to write the right factor, if not by its name


@dataclass(frozen=True)
class Applied:
    """An activation applied to a quantity."""

    argument: str  # which argument of the layer names it: "activation" or "recurrent_activation"
    source: str  # the quantity's name in the Step


Part = Weighted | Bias | Product | Applied


@dataclass(frozen=True)
class Equation:
    """How one quantity of a Step is computed."""

    symbol: str  # the quantity's name in the Step
    latex: str  # for a typesetter
    plain: str  # the same in Unicode
    sentence: str  # what it does, in words
    parts: tuple[Part, ...]  # the summands, in the order of the formula
    gate: str | None = None  # the gate it belongs to, None for the state


def affine(gate: str, sentence: str, use_bias: bool, second_bias: bool = False) -> Equation:
    """Write a gate's pre-activation: z = x·W + h·U + b.

    Args:
        gate: the gate's letter.
        sentence: what the sum means.
        use_bias: whether there is a bias at all.
        second_bias: whether a second bias, b′, belongs to the recurrent part (GRU with reset_after=True).

    Example:
        >>> affine("i", "…", use_bias=True).plain
        'z_i = xₜ·W_i + hₜ₋₁·U_i + b_i'
    """
    parts: list[Part] = [Weighted("x", gate), Weighted("h_prev", gate, recurrent=True)]
    biases = ([False, True] if second_bias else [False]) if use_bias else []
    plain = "".join(f" + {'b′' if recurrent else 'b'}_{gate}" for recurrent in biases)
    latex = "".join(f" + {_prime(recurrent)}_{gate}" for recurrent in biases)
    return Equation(
        symbol=f"z_{gate}",
        latex=rf"z_{gate} = x_t W_{gate} + h_{{t-1}} U_{gate}{latex}",
        plain=f"z_{gate} = xₜ·W_{gate} + hₜ₋₁·U_{gate}{plain}",
        sentence=sentence,
        parts=(*parts, *(Bias(gate, recurrent) for recurrent in biases)),
        gate=gate,
    )


def plain_call(activation: Activation, inner: str) -> str:
    """Write an activation around its argument in Unicode; linear leaves the argument bare."""
    return f"{activation.symbol}({inner})" if activation.symbol else inner


def latex_call(activation: Activation, inner: str) -> str:
    """Write an activation around its argument for a typesetter; linear leaves the argument bare."""
    names = {"sigmoid": r"\sigma", "tanh": r"\tanh", "exponential": r"\exp", "linear": ""}
    escaped = activation.name.replace("_", r"\_")
    name = names.get(activation.name, rf"\mathrm{{{escaped}}}")
    return f"{name}({inner})" if name else inner


def _prime(recurrent: bool) -> str:
    return "b'" if recurrent else "b"
