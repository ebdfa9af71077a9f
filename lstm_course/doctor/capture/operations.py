"""Watch the program's own arithmetic: shapes that NumPy and TensorFlow stretch in silence."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow.python.ops import gen_math_ops

from lstm_course.doctor.arithmetic import names_a_prediction, names_of_predictions, stretches
from lstm_course.doctor.capture.layers import shape_of
from lstm_course.doctor.capture.patches import Patches
from lstm_course.doctor.cuts import cut_by_assignment, cut_by_conversion, one_for_all, wrapped
from lstm_course.doctor.seen import OperationSeen, Picked, Shape, Told

SIGNS: dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Sub: ("-", operator.sub), ast.Add: ("+", operator.add),
    ast.Mult: ("*", operator.mul), ast.Div: ("/", operator.truediv),
}  # fmt: skip
EQUAL: dict[type[ast.cmpop], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Eq: ("==", operator.eq), ast.NotEq: ("==", operator.ne),
}  # fmt: skip
CALLED = {"subtract": "-", "equal": "==", "not_equal": "==", "array_equal": "=="}  # functions of two arrays
METRICS = (
    "mean_squared_error", "mean_absolute_error", "root_mean_squared_error", "mean_absolute_percentage_error",
    "r2_score", "MeanSquaredError", "MeanAbsoluteError", "RootMeanSquaredError", "R2Score",
    "update_state", "corrcoef", "pearsonr",
)  # fmt: skip
WATCHED = (*CALLED, *METRICS, "argmax", "shuffle", "astype", "diff")
MAX_SEEN, MAX_KEPT, MAX_PAIRS = 40, 200, 30


@dataclass(frozen=True)
class _Written:
    sign: str  # "-", "+", "*" or "/"
    calculate: Callable[[Any, Any], Any]  # what the operator does
    line: int  # line of the program
    text: str  # the operation as the program writes it
    meant: bool  # whether an operand is given its axis on purpose
    predicted: bool = False  # whether it names a prediction
    both: bool = False  # whether both operands do


@dataclass(frozen=True)
class Pair:
    """A prediction, and what it was compared with."""

    line: int  # line of the program
    text: str  # the difference as it is written
    prediction: np.ndarray[Any, Any]  # the side that comes from predict
    other: np.ndarray[Any, Any]  # the other side, of the same number of values


class Operations:
    """Collects operations on two arrays whose shapes differ, and knows which arrays are predictions.

    Args:
        source: the program.
        where: gives the line that runs, and "program", "tape" or "keras".
    """

    def __init__(self, source: str, where: Callable[[], tuple[int, str]]) -> None:
        self.source = source
        self.where = where
        self.seen: list[OperationSeen] = []
        self.written: list[_Written] = []
        self.refused: tuple[Shape, Shape] | None = None  # shapes of the last operation that raised
        self.kept: dict[int, Any] = {}  # predictions, and what became of them, by id
        self.names = names_of_predictions(source)
        self.pairs: list[Pair] = []  # predictions that were compared with something of their size
        self.picked: list[Picked] = []  # argmax of predictions
        self.told: list[Told] = []  # fractions that were cut off, one answer for many labels
        self.shuffles: Callable[[Any, int], None] = lambda value, line: (
            None
        )  # is told before and after a shuffle

    def watched(self, node: ast.BinOp) -> ast.expr:
        """Give the expression that runs in the place of an operation."""
        if type(node.op) not in SIGNS or isinstance(node.left, ast.Constant | ast.JoinedStr):
            return node
        return self._done(node, *SIGNS[type(node.op)], node.left, node.right)

    def compared(self, node: ast.Compare) -> ast.expr:
        """Give the expression that runs in the place of a comparison."""
        kind = type(node.ops[0])
        sides = (node.left, node.comparators[0])
        if len(node.ops) > 1 or kind not in EQUAL or any(isinstance(side, ast.Constant) for side in sides):
            return node
        return self._done(node, *EQUAL[kind], *sides)

    def _done(self, node: ast.expr, sign: str, calculate: Any, left: ast.expr, right: ast.expr) -> ast.expr:
        self.written.append(self._note_of(node, sign, calculate, left, right))
        function = ast.Name("__doctor_do__", ast.Load())
        number = ast.Constant(len(self.written) - 1)
        return ast.copy_location(ast.Call(function, [left, right, number], []), node)

    def _note_of(self, node: ast.expr, sign: str, calculate: Any, *sides: ast.expr) -> _Written:
        named = [names_a_prediction(ast.walk(side), self.names) for side in sides]
        meant = any(_adds_axis(side) for side in sides)
        return _Written(sign, calculate, node.lineno, self._text_of(node), meant, any(named), all(named[:2]))

    def _text_of(self, node: ast.expr) -> str:
        """Give an operation as the program writes it, on one line; what is inside may be watched already."""
        return " ".join((ast.get_source_segment(self.source, node) or "").split())

    def called(self, node: ast.Call) -> ast.expr:
        """Give the expression that runs in the place of a call of a function that is watched."""
        name = _function_of(node.func)
        if name not in WATCHED:
            return node
        self.written.append(self._note_of(node, name, None, *node.args, node.func))
        number = ast.Constant(len(self.written) - 1)
        call = ast.Call(
            ast.Name("__doctor_call__", ast.Load()), [number, node.func, *node.args], node.keywords
        )
        return ast.copy_location(call, node)

    def call(self, number: int, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a function for the program, and note what it does to arrays."""
        written = self.written[number]
        if written.sign == "shuffle" and args:
            self.shuffles(args[0], 0)
        result = function(*args, **kwargs)
        if written.sign == "shuffle" and args:
            self.shuffles(args[0], written.line)
        if written.sign == "astype":
            value = getattr(function, "__self__", None)
            predicted = written.predicted or self.is_prediction(value)
            self._tell(cut_by_conversion(written.line, written.text, value, result, predicted))
        if written.sign == "diff" and args and isinstance(args[0], np.ndarray) and args[0].ndim:
            self._tell(wrapped(written.line, written.text, args[0][1:], args[0][:-1]))
        if written.sign in METRICS and len(args) > 1:
            self._pair(args[0], args[1], written)
        if written.sign == "argmax":
            self._pick(written, function, args, result)
        arrays = [item for item in args[:2] if hasattr(item, "shape")]
        if (
            written.sign in CALLED
            and len(arrays) == 2
            and not any(isinstance(item, tf.Tensor) for item in arrays)
        ):
            predicted = written.predicted or any(self.is_prediction(item) for item in arrays)
            if not written.meant:
                self.note(CALLED[written.sign], arrays[0], arrays[1], predicted, written.line, written.text)
        return result

    def store(self, value: Any, target: Any, line: int, name: str, predicted: bool) -> Any:
        """Hand on what the program puts into a part of an array, and note fractions that the array cannot hold."""
        self._tell(cut_by_assignment(line, name, value, target, predicted or self.is_prediction(value)))
        return value

    def _tell(self, told: Told | None) -> None:
        if told is not None and len(self.told) < MAX_SEEN and told not in self.told:
            self.told.append(told)

    def _pick(self, written: _Written, function: Any, args: Any, result: Any) -> None:
        value = args[0] if args and hasattr(args[0], "shape") else getattr(function, "__self__", None)
        if hasattr(value, "shape") and (written.predicted or self.is_prediction(value)):
            self.picked.append(Picked(written.line, written.text, shape_of(value), shape_of(result)))

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
        if written.sign == "-":
            self._tell(wrapped(written.line, written.text, left, right))
        predicted = self.is_prediction(left) or self.is_prediction(right)
        if predicted:
            self.predicts(result)
            self._pair(left, right, written)
            self._tell(one_for_all(written.line, written.text, written.sign, left, right))
        predicted = predicted or written.predicted
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

    def _pair(self, left: Any, right: Any, written: _Written) -> None:
        """Keep the two sides of a difference that have one size, the prediction first."""
        first, other = (left, right) if self.is_prediction(left) else (right, left)
        alike = (
            isinstance(first, np.ndarray) and isinstance(other, np.ndarray) and first.size == other.size > 1
        )
        if (
            written.sign in ("-", *METRICS)
            and alike
            and not (written.both or self.is_prediction(other))
            and len(self.pairs) < MAX_PAIRS
        ):
            self.pairs.append(Pair(written.line, written.text, first.copy(), other.copy()))

    def predicts(self, result: Any) -> None:
        """Remember an array as a prediction."""
        if hasattr(result, "shape") and len(self.kept) < MAX_KEPT:
            self.kept[id(result)] = result

    def is_prediction(self, value: Any) -> bool:
        """Whether an array is a prediction, a part of one, or was made from one."""
        return id(value) in self.kept or id(getattr(value, "base", None)) in self.kept


def _function_of(node: ast.expr) -> str:
    """Name what is called: of MeanSquaredError()(y, p) the class, which is watched already."""
    if isinstance(node, ast.Call):
        watched = getattr(node.func, "id", "") == "__doctor_call__"
        return _function_of(node.args[1] if watched else node.func)
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _adds_axis(side: ast.expr) -> bool:
    for part in ast.walk(side):
        if isinstance(part, ast.Constant) and part.value is None:
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("newaxis", "expand_dims"):
            return True
    return False


def watch_tensors(operations: Operations, line_of_call: Callable[[], int], patches: Patches) -> None:
    """See differences of tensors too, wherever TensorFlow computes them."""

    def make(sign: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
            def calculate(x: Any, y: Any, *args: Any, **kwargs: Any) -> Any:
                shapes = [shape_of(side) if hasattr(side, "shape") else () for side in (x, y)]
                line, place = operations.where()
                own = place != "keras" or line != line_of_call()  # else it is Keras's own
                if stretches(*shapes) and own:
                    operations.note(sign, x, y, operations.is_prediction(x) or operations.is_prediction(y))
                return original(x, y, *args, **kwargs)

            return calculate

        return wrap

    for name, sign in (("sub", "-"), ("squared_difference", "-"), ("mul", "*"), ("equal", "==")):
        patches.wrap(gen_math_ops, name, make(sign))
