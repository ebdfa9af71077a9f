"""Shapes that arithmetic stretches in silence."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from lstm_course.doctor.seen import Shape


def stretches(left: Shape, right: Shape) -> bool:
    """Whether two shapes fit together only by repeating a column.

    Either one axis meets a column, as labels (N,) meet predictions (N, 1), or two tables of the same rows have one
    and several columns.

    >>> stretches((64,), (64, 1)), stretches((64, 6), (64, 1)), stretches((64, 1), (64, 1)), stretches((3,), (64, 3))
    (True, True, False, False)
    """
    if len(left) == len(right) > 1:
        return left[:-1] == right[:-1] and 1 in (left[-1], right[-1]) and left[-1] != right[-1]
    column, flat = (left, right) if len(left) == 2 else (right, left)
    return len(column) == 2 and len(flat) == 1 and column[1] == 1 and flat[0] != 1 and column[0] != 1


def _values(node: ast.AST) -> Iterator[ast.AST]:
    """Give the parts of an expression whose numbers go into it: not those that only say how many there are."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "range"):
        return
    if isinstance(node, ast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype"):
        return
    yield node
    for part in ast.iter_child_nodes(node):
        yield from _values(part)


def names_a_prediction(parts: Iterable[ast.AST], names: set[str]) -> bool:
    """Whether parts of an expression call predict, or name what came of it."""
    return any(
        (isinstance(part, ast.Name) and part.id in names)
        or (isinstance(part, ast.Attribute) and part.attr == "predict")
        for part in parts
    )


def names_of_predictions(source: str) -> set[str]:
    """Name what a program makes from the results of predict.

    >>> sorted(names_of_predictions("p = model.predict(x)\\nq = scaler.inverse_transform(p)\\nz = y[: len(p)]"))
    ['p', 'q']
    """
    names: set[str] = set()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return names
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        if names_a_prediction(_values(node.value), names):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names
