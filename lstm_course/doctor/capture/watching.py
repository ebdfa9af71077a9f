"""Compile a program so that it tells of its arrays and of its arithmetic."""

from __future__ import annotations

import ast
from types import ModuleType
from typing import Any

from lstm_course.doctor.arithmetic import names_a_prediction
from lstm_course.doctor.capture.operations import Operations
from lstm_course.doctor.capture.recorder import Recorder


class _Watching(ast.NodeTransformer):
    """Adds a call after each assignment to a name and around each operation: the program itself stays as it is."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        """Watch an operation."""
        self.generic_visit(node)
        return self.operations.watched(node)

    def visit_Compare(self, node: ast.Compare) -> Any:
        """Watch a comparison for equality."""
        self.generic_visit(node)
        return self.operations.compared(node)

    def visit_Call(self, node: ast.Call) -> Any:
        """Watch a call of a function that puts two arrays together, picks classes or shuffles."""
        self.generic_visit(node)
        return self.operations.called(node)

    def visit_Assign(self, node: ast.Assign) -> Any:
        """Watch the names of an assignment."""
        self.generic_visit(node)
        _watch_store(node, self.operations.names)
        names = [
            name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
        ]
        return [node, *(_watch(name, node) for name in dict.fromkeys(names))]

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        """Watch the name of an assignment such as x -= y."""
        self.generic_visit(node)
        return [node, _watch(node.target.id, node)] if isinstance(node.target, ast.Name) else node


def _watch_store(node: ast.Assign, predictions: set[str]) -> None:
    """Let what is put into a part of an array pass by: out[k] = value."""
    target = node.targets[0]
    if (
        len(node.targets) > 1
        or not isinstance(target, ast.Subscript)
        or not isinstance(target.value, ast.Name)
    ):
        return
    if isinstance(node.value, ast.Constant | ast.List | ast.Tuple | ast.Dict):
        return
    name = target.value.id
    predicted = names_a_prediction(ast.walk(node.value), predictions)
    place = [ast.Constant(node.lineno), ast.Constant(name), ast.Constant(predicted)]
    given = [node.value, ast.Name(name, ast.Load()), *place]
    node.value = ast.copy_location(ast.Call(ast.Name("__doctor_store__", ast.Load()), given, []), node.value)


def _watch(name: str, node: ast.stmt) -> ast.stmt:
    call = ast.parse(f"__doctor_see__({name!r}, {name}, {node.lineno})").body[0]
    for part in ast.walk(call):
        if isinstance(part, ast.expr | ast.stmt):
            ast.copy_location(part, node)
    return call


def compiled(source: str, path: str, recorder: Recorder, module: ModuleType) -> Any:
    """Compile the program so that it tells which arrays its names are given."""
    tree = ast.parse(source, path)
    module.__dict__["__doctor_see__"] = recorder.see
    module.__dict__["__doctor_store__"] = recorder.operations.store
    module.__dict__["__doctor_do__"] = recorder.operations.do
    module.__dict__["__doctor_call__"] = recorder.operations.call
    return compile(ast.fix_missing_locations(_Watching(recorder.operations).visit(tree)), path, "exec")
