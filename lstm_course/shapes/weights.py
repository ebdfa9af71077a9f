"""How many numbers a layer learns, and why: the count, taken apart weight by weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from lstm_course.wording import counted

NUM_GATES: Mapping[str, int] = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}
"""How many blocks of `units` columns stand side by side in the joined kernels of each recurrent layer."""


@dataclass(frozen=True)
class Formula:
    """The number of parameters of one layer, with the sum that leads to it."""

    general: str  # in words: "4 · (units · (features + units) + units)"
    text: str  # with this layer's numbers: "4 · (4 · (1 + 4) + 4) = 96"
    total: int  # the number of parameters
    weights: tuple[tuple[str, tuple[int, ...]], ...]  # name and shape, in the order of layer.get_weights()
    derivation: tuple[str, ...]  # one line a weight: what its axes are and how many numbers it holds


def parameter_formula(
    kind: str, units: int, features: int, use_bias: bool = True, reset_after: bool = True
) -> Formula:
    """Count the parameters of one layer, and say where each of them is.

    The count does not depend on timesteps or batch_size: the same weights serve every timestep of every sample.

    Args:
        kind: "LSTM", "GRU", "SimpleRNN" or "Dense".
        units: length of the layer's output vector, at least 1.
        features: length of the vector that comes in at each timestep, at least 1.
        use_bias: whether the layer adds a bias.
        reset_after: GRU only; True gives it a second bias, for the recurrent part.

    Returns:
        The Formula: the text with the numbers filled in, the total, and name and shape of every weight.

    Raises:
        ValueError: the kind is unknown, or units or features is not a positive integer.

    Example:
        >>> formula = parameter_formula("LSTM", units=4, features=1)
        >>> formula.text
        '4 · (4 · (1 + 4) + 4) = 96'
        >>> formula.weights
        (('kernel', (1, 16)), ('recurrent_kernel', (4, 16)), ('bias', (16,)))
        >>> parameter_formula("GRU", 4, 1).text, parameter_formula("GRU", 4, 1, reset_after=False).text
        ('3 · (4 · (1 + 4) + 2 · 4) = 84', '3 · (4 · (1 + 4) + 4) = 72')

    Source: `build` of the layer's cell in Keras.
    """
    _check(kind, units, features)
    if kind == "Dense":
        return _dense(units, features, use_bias)
    num_gates = NUM_GATES[kind]
    num_biases = (2 if kind == "GRU" and reset_after else 1) if use_bias else 0
    weights = _recurrent_weights(num_gates, num_biases, units, features)
    total = sum(prod(shape) for _, shape in weights)
    return Formula(
        general=_nested(num_gates, num_biases, "units", "features"),
        text=f"{_nested(num_gates, num_biases, str(units), str(features))} = {total:,}",
        total=total,
        weights=weights,
        derivation=_recurrent_derivation(num_gates, num_biases, units, features),
    )


def _check(kind: str, units: int, features: int) -> None:
    if kind not in NUM_GATES and kind != "Dense":
        known = ", ".join([*NUM_GATES, "Dense"])
        raise ValueError(f"Got kind={kind!r}, expected one of {known}. Name the layer as Keras does.")
    for name, value in (("units", units), ("features", features)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(
                f"Got {name}={value!r}, expected an integer of at least 1. Give {name} as a count."
            )


def _recurrent_weights(
    num_gates: int, num_biases: int, units: int, features: int
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    joined = num_gates * units
    kernels: tuple[tuple[str, tuple[int, ...]], ...] = (
        ("kernel", (features, joined)),
        ("recurrent_kernel", (units, joined)),
    )
    bias: dict[int, tuple[tuple[str, tuple[int, ...]], ...]] = {
        0: (),
        1: (("bias", (joined,)),),
        2: (("bias", (2, joined)),),
    }
    return kernels + bias[num_biases]


def _nested(num_gates: int, num_biases: int, units: str, features: str) -> str:
    bias = {0: "", 1: f" + {units}", 2: f" + 2 · {units}"}[num_biases]
    one_gate = f"{units} · ({features} + {units}){bias}"
    return one_gate if num_gates == 1 else f"{num_gates} · ({one_gate})"


def _recurrent_derivation(num_gates: int, num_biases: int, units: int, features: int) -> tuple[str, ...]:
    joined = num_gates * units
    columns = f"{joined} columns ({counted(num_gates, 'gate')} × {counted(units, 'unit')})"
    lines = [
        f"kernel: {counted(features, 'feature')} × {columns} = {features * joined:,}",
        f"recurrent_kernel: {counted(units, 'unit')} at t-1 × {columns} = {units * joined:,}",
    ]
    if num_biases:
        rows = {1: "one for each of", 2: "2 rows (input, recurrent) ×"}[num_biases]
        lines.append(f"bias: {rows} {columns} = {num_biases * joined:,}")
    return tuple(lines)


def _dense(units: int, features: int, use_bias: bool) -> Formula:
    total = units * (features + int(use_bias))
    bias_general, bias_text = (" + units", f" + {units}") if use_bias else ("", "")
    kernel: tuple[tuple[str, tuple[int, ...]], ...] = (("kernel", (features, units)),)
    kernel_line = f"kernel: {counted(features, 'feature')} × {counted(units, 'unit')} = {features * units:,}"
    return Formula(
        general=f"features · units{bias_general}",
        text=f"{features} · {units}{bias_text} = {total:,}",
        total=total,
        weights=kernel + ((("bias", (units,)),) if use_bias else ()),
        derivation=(kernel_line, f"bias: one for each unit = {units}") if use_bias else (kernel_line,),
    )
