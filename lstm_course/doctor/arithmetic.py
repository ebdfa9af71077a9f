"""Arithmetic of the program's own on labels and predictions: shapes that NumPy stretches in silence."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from lstm_course.doctor.named import Named, shape_at
from lstm_course.doctor.seen import ScalingSeen

Shape = tuple[int, ...]


def mixed_shapes(
    history: Sequence[Named], calls: Sequence[tuple[str, int, Any, Any]], source: str
) -> list[ScalingSeen]:
    """Find operations on two named arrays that stretch one column over another axis.

    Two mistakes look like this: labels (N,) minus predictions (N, 1), which makes N × N differences, and
    predictions (N, 1) scaled back with the figures of all columns, (F,), which makes N × F values.

    Args:
        history: the arrays that names were given to.
        calls: method, model, inputs and labels of each call of a model.
        source: the program.
    """
    if not any(method == "predict" for method, *_ in calls):
        return []
    predicted = _names_of_predictions(source)
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp):
            found += _judge(node, list(history), predicted)
    return found[:1]


def _names_of_predictions(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assign):
            continue
        inside = list(ast.walk(node.value))
        predicts = any(isinstance(part, ast.Attribute) and part.attr == "predict" for part in inside)
        derived = any(isinstance(part, ast.Name) and part.id in names for part in inside)
        if predicts or derived:
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _judge(node: ast.BinOp, history: list[Named], predicted: set[str]) -> list[ScalingSeen]:
    left, right = (_shape(side, history, node.lineno) for side in (node.left, node.right))
    if left is None or right is None or left == right:
        return []
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    if not names & predicted:
        return []
    column, flat = (left, right) if len(left) == 2 else (right, left)
    if len(column) != 2 or column[1] != 1 or len(flat) != 1 or flat[0] < 2 or column[0] < 2:
        return []
    text = ast.unparse(node)
    if flat[0] == column[0] and isinstance(node.op, ast.Sub):
        return [_error(text, column, flat, node.lineno)]
    return [_inverse(text, column, flat, node.lineno)] if flat[0] < 200 else []


def _shape(node: ast.expr, history: list[Named], line: int) -> Shape | None:
    if isinstance(node, ast.Name):
        return shape_at(history, node.id, line)
    if isinstance(node, ast.BinOp):
        sides = [_shape(side, history, line) for side in (node.left, node.right)]
        known = [side for side in sides if side is not None]
        if len(known) == 1:
            other = node.right if sides[0] is not None else node.left
            return known[0] if isinstance(other, ast.Constant) else None
        try:
            return tuple(map(int, np.broadcast_shapes(*known))) if known else None
        except ValueError:
            return None
    return None


def _error(text: str, column: Shape, flat: Shape, line: int) -> ScalingSeen:
    return ScalingSeen(
        "pair-broadcast",
        f"Line {line}, {text}: shapes {column} and {flat}. NumPy stretches them to {(column[0], flat[0])}, "
        f"{prod((column[0], flat[0])):,} differences instead of {column[0]:,}: each prediction is compared "
        "with every label.",
        "wrong-result",
        "Bring both to one shape first: predict(…)[:, 0], or .ravel() on both, before they are subtracted.",
        line,
    )  # fmt: skip


def _inverse(text: str, column: Shape, flat: Shape, line: int) -> ScalingSeen:
    return ScalingSeen(
        "inverse",
        f"Line {line}, {text}: predictions {column} meet the figures of all {flat[0]} columns, {flat}. NumPy "
        "stretches "
        f"them to {(column[0], flat[0])}: one column per feature, of which at most one is in the target's "
        "units.",
        "wrong-result",
        "Use the figures of the target's column alone: pred * (high[k] - low[k]) + low[k], with k the "
        "target's column; "
        "or keep a scaler of its own for the target. With scikit-learn put the predictions into column k of "
        "an array with "
        f"all {flat[0]} columns before inverse_transform.",
        line,
    )  # fmt: skip
