"""What a learner types: shapes in any usual notation, numbers, also as a small calculation."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from lstm_course.problems import ProblemError

Sizes: TypeAlias = tuple[int | None, ...]

_MAX_TEXT = 200
_SIZE = re.compile(r"none|\?|\d[\d_]*")


def read_shape(text: str) -> Sizes:
    """Read a shape: "(89, 12, 1)", "89 x 12 x 1", "89,12,1", "None, 12, 1".

    `None`, a question mark or the word batch stand for an axis of any size.

    Raises:
        ProblemError: when the text is no shape.

    >>> read_shape("89 × 12 x 1"), read_shape("(None, 12)"), read_shape("(32,)")
    ((89, 12, 1), (None, 12), (32,))
    """
    inner = re.sub(
        r"^\s*(tuple|shape)?\s*[=:]?\s*[(\[]?|[)\]]?\s*$", "", text[:_MAX_TEXT], flags=re.IGNORECASE
    )
    inner = re.sub(r"\b(batch_size|batch|samples|n)\b", "None", inner, flags=re.IGNORECASE)
    pieces = [
        piece.strip().lower() for piece in re.split(r"[,;×*]|\bx\b|(?<=[\d?e])\s*x\s*(?=[\dn?])|\s+", inner)
    ]
    sizes = [piece for piece in pieces if piece]
    if not sizes or not all(_SIZE.fullmatch(piece) for piece in sizes):
        raise ProblemError(
            f"{text.strip()[:60]!r} is no shape; write the size of each axis, such as (32, 12, 1)."
        )
    return tuple(None if piece in ("none", "?") else int(piece) for piece in sizes)


def read_number(text: str) -> float:
    """Read a number: "1,234", "96", "0.5", or a calculation such as "4 * (4 * (1 + 4) + 4)".

    Raises:
        ProblemError: when the text is no number.

    >>> read_number("1,234"), read_number("144 - 12"), read_number("4·(4·5+4)")
    (1234.0, 132.0, 96.0)
    """
    written = text.strip()[:_MAX_TEXT].translate(_SIGNS)
    written = re.sub(r"(?<=\d)[,' \u202f](?=\d{3}(?!\d))", "", written)
    try:
        return float(_value(ast.parse(written, mode="eval").body))
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, RecursionError, MemoryError) as error:
        raise ProblemError(
            f"{text.strip()[:60]!r} is no number; write for example 96 or 4 * (1 + 4)."
        ) from error


_SIGNS = str.maketrans({"·": "*", "×": "*", "−": "-", "–": "-", ":": "/", "÷": "/"})
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}


def _value(node: ast.expr) -> float:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError("only numbers and + - * / // are read")
