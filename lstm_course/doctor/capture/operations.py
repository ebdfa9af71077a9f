"""Watch the program's own arithmetic: shapes that NumPy and TensorFlow stretch in silence."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow as tf
from tensorflow.python.ops import gen_math_ops

from lstm_course.doctor.arithmetic import names_of_predictions, stretches
from lstm_course.doctor.capture.layers import shape_of
from lstm_course.doctor.capture.patches import Patches
from lstm_course.doctor.seen import OperationSeen, Shape

SIGNS: dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Sub: ("-", operator.sub), ast.Add: ("+", operator.add),
    ast.Mult: ("*", operator.mul), ast.Div: ("/", operator.truediv),
}  # fmt: skip
MAX_SEEN, MAX_KEPT = 40, 200


@dataclass(frozen=True)
class _Written:
    sign: str  # "-", "+", "*" or "/"
    calculate: Callable[[Any, Any], Any]  # what the operator does
    line: int  # line of the program
    text: str  # the operation as the program writes it
    meant: bool  # whether an operand is given its axis on purpose


class Operations:
    """Collects operations on two arrays whose shapes differ, and knows which arrays are predictions.

    Args:
        source: the program.
        where: gives the line that runs, and "program", "tape" or "keras".
    """

    def __init__(self, source: str, where: Callable[[], tuple[int, str]]) -> None:
        self.where = where
        self.seen: list[OperationSeen] = []
        self.written: list[_Written] = []
        self.refused: tuple[Shape, Shape] | None = None  # shapes of the last operation that raised
        self.kept: dict[int, Any] = {}  # predictions, and what became of them, by id
        self.names = names_of_predictions(source)

    def watched(self, node: ast.BinOp) -> ast.expr:
        """Give the expression that runs in the place of an operation."""
        if type(node.op) not in SIGNS or isinstance(node.left, ast.Constant | ast.JoinedStr):
            return node
        meant = any(_adds_axis(side) for side in (node.left, node.right))
        self.written.append(_Written(*SIGNS[type(node.op)], node.lineno, ast.unparse(node), meant))
        function = ast.Name("__doctor_do__", ast.Load())
        number = ast.Constant(len(self.written) - 1)
        return ast.copy_location(ast.Call(function, [node.left, node.right, number], []), node)

    def do(self, left: Any, right: Any, number: int) -> Any:
        """Do an operation of the program, and note the shapes where they differ."""
        written = self.written[number]
        calculate = written.calculate
        if not (hasattr(left, "shape") and hasattr(right, "shape")):
            result = calculate(left, right)
            if self.kept and (self.is_prediction(left) or self.is_prediction(right)):
                self.predicts(result)
            return result
        try:
            result = calculate(left, right)
        except Exception:
            self.refused = (shape_of(left), shape_of(right))
            raise
        predicted = self.is_prediction(left) or self.is_prediction(right)
        if predicted:
            self.predicts(result)
        if not (isinstance(left, tf.Tensor) or isinstance(right, tf.Tensor) or written.meant):
            self.note(written.sign, left, right, predicted, written.line, written.text)
        return result

    def note(self, sign: str, left: Any, right: Any, predicted: bool, line: int = 0, text: str = "") -> None:
        """Note an operation whose shapes are stretched."""
        shapes = shape_of(left), shape_of(right)
        if len(self.seen) < MAX_SEEN and stretches(*shapes):
            place, where = self.where()
            if line or place:
                self.seen.append(OperationSeen(line or place, text, sign, *shapes, predicted, where))

    def predicts(self, result: Any) -> None:
        """Remember an array as a prediction."""
        if hasattr(result, "shape") and len(self.kept) < MAX_KEPT:
            self.kept[id(result)] = result

    def is_prediction(self, value: Any) -> bool:
        """Whether an array is a prediction, a part of one, or was made from one."""
        return id(value) in self.kept or id(getattr(value, "base", None)) in self.kept


def _adds_axis(side: ast.expr) -> bool:
    for part in ast.walk(side):
        if isinstance(part, ast.Constant) and part.value is None:
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("newaxis", "expand_dims"):
            return True
    return False


def watch_tensors(operations: Operations, line_of_call: Callable[[], int], patches: Patches) -> None:
    """See differences of tensors too, wherever TensorFlow computes them."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def difference(x: Any, y: Any, *args: Any, **kwargs: Any) -> Any:
            shapes = [shape_of(side) if hasattr(side, "shape") else () for side in (x, y)]
            line, place = operations.where()
            if stretches(*shapes) and (place != "keras" or line != line_of_call()):  # else it is Keras's own
                operations.note("-", x, y, operations.is_prediction(x) or operations.is_prediction(y))
            return original(x, y, *args, **kwargs)

        return difference

    for name in ("sub", "squared_difference"):
        patches.wrap(gen_math_ops, name, make)
