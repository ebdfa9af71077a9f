"""The terms of one number: the largest ten in full, the rest as one sum, each over all timesteps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lstm_course.cells.arithmetic import Term, terms_of
from lstm_course.cells.equations import Bias, Equation, Product, Weighted
from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.series import Written, write

MOST_TERMS = 10
MOST_TERMS_LONG, LONG = 6, 600
"""With more than 600 timesteps six terms are shown, so that what the browser gets stays small."""


@dataclass(frozen=True, eq=False)
class Summand:
    """One term with its numbers over time."""

    term: Term  # the term at the chosen timestep
    left: Written  # its left factor over time
    right: Written | None  # its right factor over time; None where it has none
    product: Written  # what it contributes over time
    source: str  # quantity of the left factor: "x", "h_prev", "f", … or "" for a bias
    index: int  # feature or unit of the left factor


@dataclass(frozen=True, eq=False)
class Sum:
    """A number as the sum of its terms."""

    shown: tuple[Summand, ...]  # the largest, in the order of the formula
    num_rest: int  # how many more there are
    rest: Written | None  # their sum over time; None where there are none
    total: Written  # the number itself over time
    is_applied: bool  # whether the only term is an activation


def sum_of(chosen: Chosen) -> Sum:
    """Take the chosen number apart.

    Returns:
        The ten terms that are largest at the chosen timestep, the others summed; products sum to the number.
    """
    step = replace(
        chosen.step, skipped=None
    )  # the sum as it stands at every step; at masked ones it does not count
    terms = terms_of(step, chosen.cell, chosen.trace.weights, chosen.quantity, chosen.unit)
    total = chosen.trace.quantity(chosen.quantity)[:, chosen.unit]
    equation = next(found for found in chosen.equations if found.symbol == chosen.quantity)
    if len(terms) == 1 and terms[0].right is None:
        source = chosen.trace.quantity(_applied_source(equation))[:, chosen.unit]
        only = Summand(terms[0], write(source), None, write(total), _applied_source(equation), chosen.unit)
        return Sum((only,), 0, None, write(total), True)
    lefts, rights, places = _factors(chosen, equation)
    products = lefts * rights  # (timesteps, terms)
    most = MOST_TERMS if chosen.timesteps <= LONG else MOST_TERMS_LONG
    largest = np.argsort(-np.abs([term.product for term in terms]), kind="stable")[:most]
    kept = sorted(int(k) for k in largest)
    shown = tuple(
        Summand(terms[k], write(lefts[:, k]), write(rights[:, k]) if terms[k].right_name else None,
                write(products[:, k]), *places[k])
        for k in kept
    )  # fmt: skip
    others = [k for k in range(len(terms)) if k not in kept]
    rest = write(products[:, others].sum(axis=1)) if others else None
    return Sum(shown, len(others), rest, write(total), False)


def _applied_source(equation: Equation) -> str:
    return str(getattr(equation.parts[0], "source", ""))


def _factors(
    chosen: Chosen, equation: Equation
) -> tuple[NDArray[np.floating], NDArray[np.floating], list[tuple[str, int]]]:
    """Collect both factors of all terms, (timesteps, terms), in the order of `terms_of`."""
    gates = chosen.cell.split_gates(chosen.trace.weights)
    lefts, rights, places = [], [], list[tuple[str, int]]()
    for part in equation.parts:
        match part:
            case Weighted(source=source, gate=gate, recurrent=recurrent):
                values = chosen.trace.quantity(source)  # (timesteps, features or units)
                kernel = gates[gate].recurrent_kernel if recurrent else gates[gate].kernel
                lefts.append(values)
                rights.append(np.broadcast_to(kernel[:, chosen.unit], values.shape))
                places += [(source, k) for k in range(values.shape[1])]
            case Bias(gate=gate, recurrent=recurrent):
                vector = gates[gate].recurrent_bias if recurrent else gates[gate].bias
                value = 0.0 if vector is None else float(vector[chosen.unit])
                lefts.append(np.full((chosen.timesteps, 1), value))
                rights.append(np.ones((chosen.timesteps, 1)))
                places.append(("", chosen.unit))
            case Product():
                left = chosen.trace.quantity(part.left)[:, [chosen.unit]]
                lefts.append(1 - left if part.one_minus else left)
                rights.append(chosen.trace.quantity(part.right)[:, [chosen.unit]])
                places.append((part.left, chosen.unit))
    return np.concatenate(lefts, axis=1), np.concatenate(rights, axis=1), places
