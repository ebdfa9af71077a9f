"""One number taken apart: the products whose sum it is."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.cells.activations import get
from lstm_course.cells.cell import Cell, Step, find_cell
from lstm_course.cells.equations import Applied, Bias, Equation, Part, Product, Weighted
from lstm_course.cells.weights import CellWeights, GateWeights


@dataclass(frozen=True)
class Term:
    """One summand: left factor times right factor, or an activation applied to the left."""

    label: str  # the summand as written: "x[0] · W_i[0, 2]"
    left_name: str  # the left factor: "x[0]"
    left: float  # its value
    right_name: str  # the right factor: "W_i[0, 2]"; the activation's name if one is applied; "" if nothing
    right: float | None  # its value; None where an activation is applied
    product: float  # what the summand contributes
    source: str  # where it comes from: "input feature 0", "unit 3 at t-1", "bias", "unit 2", …


def terms_of(step: Step, cell: Cell | str, weights: CellWeights, quantity: str, unit: int) -> list[Term]:
    """Take one number of one unit apart into the terms whose sum it is.

    Every number of a step has its equation, and every equation its terms, so a learner can follow any number
    down to the inputs and the weights.

    Args:
        step: a step of one sample; of a batch, take `step.sample(k)` first.
        cell: the cell that made it, or its name.
        weights: the weights it was made with.
        quantity: the number's name in the step, such as "z_i", "c" or "h".
        unit: which unit, 0 to units - 1.

    Returns:
        The terms; the sum of their products is `step[quantity][unit]` up to rounding.

    Raises:
        ValueError: a batched step, a name that is not computed in this step, or a unit that is not there.

    Example:
        >>> from lstm_course.cells import CELLS
        >>> weights = CellWeights.from_arrays([[[3.0]], [[0.5]], [1.0]])
        >>> step = CELLS["SimpleRNN"].step([2.0], [[4.0]], weights, activation="linear")
        >>> for term in terms_of(step, CELLS["SimpleRNN"], weights, "z_h", 0):
        ...     print(term.label, "=", term.product, "from", term.source)
        x[0] · W_h[0, 0] = 6.0 from input feature 0
        h_prev[0] · U_h[0, 0] = 2.0 from unit 0 at t-1
        b_h[0] = 1.0 from bias
    """
    _check(step, weights, unit)
    kind = find_cell(cell)
    equation = _equation(step, kind, weights, quantity)
    if step.skipped is not None and bool(step.skipped) and quantity in kind.states:
        return [_carried(step, quantity, unit)]
    gates = kind.split_gates(weights)
    return [term for part in equation.parts for term in _terms(part, step, gates, unit)]


def _check(step: Step, weights: CellWeights, unit: int) -> None:
    if step.is_batched:
        raise ValueError(
            f"Got a step of {step['x'].shape[0]} samples, expected one sample. Take one: step.sample(0)."
        )
    if not 0 <= unit < weights.units:
        raise ValueError(
            f"Got unit={unit}, expected 0 to {weights.units - 1}. Choose one of the cell's units."
        )


def _equation(step: Step, cell: Cell, weights: CellWeights, quantity: str) -> Equation:
    equations = cell.equations_for(use_bias=weights.bias is not None, **step.arguments)
    found = [equation for equation in equations if equation.symbol == quantity]
    if not found:
        computed = ", ".join(equation.symbol for equation in equations)
        raise ValueError(
            f"Got quantity={quantity!r}, expected one that is computed: {computed}. Name one of them."
        )
    return found[0]


def _terms(part: Part, step: Step, gates: dict[str, GateWeights], unit: int) -> list[Term]:
    if isinstance(part, Weighted):
        return _weighted(part, step, gates[part.gate], unit)
    if isinstance(part, Bias):
        return [_bias(part, gates[part.gate], unit)]
    if isinstance(part, Product):
        return [_product(part, step, unit)]
    return [_applied(part, step, unit)]


def _weighted(part: Weighted, step: Step, gate: GateWeights, unit: int) -> list[Term]:
    letter = "U" if part.recurrent else "W"
    column = (gate.recurrent_kernel if part.recurrent else gate.kernel)[:, unit]  # (features,) or (units,)
    source = "unit {} at t-1" if part.recurrent else "input feature {}"
    return [
        _times(
            f"{part.source}[{k}]",
            float(value),
            f"{letter}_{part.gate}[{k}, {unit}]",
            float(weight),
            source.format(k) + (", reset" if part.source == "reset_h" else ""),
        )
        for k, (value, weight) in enumerate(zip(step[part.source], column, strict=True))
    ]


def _bias(part: Bias, gate: GateWeights, unit: int) -> Term:
    vector = gate.recurrent_bias if part.recurrent else gate.bias
    value = 0.0 if vector is None else float(vector[unit])
    name = f"{'b′' if part.recurrent else 'b'}_{part.gate}[{unit}]"
    return Term(name, name, value, "", 1.0, value, "recurrent bias" if part.recurrent else "bias")


def _product(part: Product, step: Step, unit: int) -> Term:
    value = float(step[part.left][unit])
    left_name, left = f"{part.left}[{unit}]", value
    if part.one_minus:
        left_name, left = f"(1 − {left_name})", 1 - value
    source = f"unit {unit} at t-1" if part.right.endswith("_prev") else f"unit {unit}"
    return _times(left_name, left, _right_name(part, unit), float(step[part.right][unit]), source)


def _right_name(part: Product, unit: int) -> str:
    if not part.right_name:
        return f"{part.right}[{unit}]"
    inside = part.right_name
    return f"{inside[:-1]}[{unit}])" if inside.endswith(")") else f"{inside}[{unit}]"


def _applied(part: Applied, step: Step, unit: int) -> Term:
    activation = get(step.arguments[part.argument])
    left_name = f"{part.source}[{unit}]"
    return Term(
        label=f"{activation.name}({left_name})",
        left_name=left_name,
        left=float(step[part.source][unit]),
        right_name=activation.name,
        right=None,
        product=float(activation(step[part.source])[unit]),  # on the whole vector: softmax needs every unit
        source=f"unit {unit}",
    )


def _carried(step: Step, quantity: str, unit: int) -> Term:
    name, value = f"{quantity}_prev[{unit}]", float(step[f"{quantity}_prev"][unit])
    return Term(name, name, value, "", 1.0, value, f"unit {unit} at t-1, carried along: masked")


def _times(left_name: str, left: float, right_name: str, right: float, source: str) -> Term:
    return Term(f"{left_name} · {right_name}", left_name, left, right_name, right, left * right, source)
