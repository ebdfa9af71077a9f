"""Changes to a program's own lines, written as a diff."""

from __future__ import annotations

import ast
from functools import cached_property


class Program:
    """The text of a program, and the calls in it.

    >>> Program("model.add(LSTM(8, return_sequences=True))").change(1, "LSTM", return_sequences="False")
    '- model.add(LSTM(8, return_sequences=True))\\n+ model.add(LSTM(8, return_sequences=False))'
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.splitlines()

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All parts of the program, the innermost last; none where Python cannot read it."""
        try:
            return list(ast.walk(ast.parse(self.source)))
        except (SyntaxError, ValueError):
            return []

    @cached_property
    def calls(self) -> list[ast.Call]:
        """All calls in the program, the innermost last."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    def statement(self, line: int) -> ast.stmt | None:
        """Give the innermost statement that spans a line."""
        spans = [
            node for node in self.nodes
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]  # fmt: skip
        return min(spans, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)

    def names_on(self, line: int) -> set[str]:
        """Give the variables that the statement on a line names."""
        return {node.id for node in self._parts_of(line) if isinstance(node, ast.Name)}

    def called_on(self, line: int) -> list[str]:
        """Give the functions that the statement on a line calls, the outermost first."""
        return [name_of(node) for node in self._parts_of(line) if isinstance(node, ast.Call)]

    def constant_of(self, line: int, function: str, argument: str) -> object:
        """Give the constant that a call is given for an argument; None where it is none."""
        call = self.find(line, function)
        given = next((one.value for one in call.keywords if one.arg == argument), None) if call else None
        return given.value if isinstance(given, ast.Constant) else None

    def function_at(self, line: int) -> str:
        """Give the name of the function that a line stands in; empty outside of all."""
        around = [
            node for node in self.nodes
            if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]  # fmt: skip
        return max(around, key=lambda node: node.lineno).name if around else ""

    def handed_to(self, function: str) -> set[str]:
        """Give the names that stand in the arguments of the calls of a function."""
        return {
            node.id for call in self.calls_of(function) for one in (*call.args, *call.keywords)
            for node in ast.walk(one) if isinstance(node, ast.Name)
        }  # fmt: skip

    def comparisons_with(self, number: float) -> list[tuple[int, str, set[str]]]:
        """Give the comparisons with a number: line, text, and the names in them."""
        return [
            (
                node.lineno,
                ast.unparse(node),
                {part.id for part in ast.walk(node) if isinstance(part, ast.Name)},
            )
            for node in self.nodes
            if isinstance(node, ast.Compare)
            and any(
                isinstance(one, ast.Constant) and one.value == number
                for one in (node.left, *node.comparators)
            )
        ]

    def given_on(self, line: int, value: str) -> list[str]:
        """Give the functions that the statement on a line hands a constant to, the innermost last."""
        return [
            name_of(node) for node in self._parts_of(line) if isinstance(node, ast.Call)
            for one in (*node.args, *(keyword.value for keyword in node.keywords))
            if isinstance(one, ast.Constant) and str(one.value) == value
        ]  # fmt: skip

    def _parts_of(self, line: int) -> list[ast.AST]:
        """Give the parts of the statement on a line, without the statements inside it."""
        statement = self.statement(line)
        waiting: list[ast.AST] = [statement] if statement else []
        found: list[ast.AST] = []
        while waiting:
            node = waiting.pop(0)
            found.append(node)
            waiting += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)]
        return found

    def names_from(self, *functions: str) -> set[str]:
        """Give the variables that hold what some functions returned, or what was made of it.

        >>> sorted(Program("p = model.predict(x)\\nlast = p[-1]\\nz = 1").names_from("predict"))
        ['last', 'p']
        """
        found: set[str] = set()
        for node in sorted(self.nodes, key=lambda node: getattr(node, "lineno", 0)):
            targets, value = _taken(node)
            parts = list(ast.walk(value)) if value is not None else []
            made = any(isinstance(part, ast.Call) and name_of(part) in functions for part in parts)
            if made or any(isinstance(part, ast.Name) and part.id in found for part in parts):
                found |= {
                    part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
                }
        return found

    def line(self, number: int) -> str:
        """Give a line without its indentation; empty where there is none."""
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""

    def find(self, line: int, function: str) -> ast.Call | None:
        """Find the call of a function that spans a line."""
        spans = [
            call for call in self.calls
            if name_of(call) == function and call.lineno <= line <= (call.end_lineno or call.lineno)
        ]  # fmt: skip
        return min(spans, key=lambda call: (call.end_lineno or 0) - call.lineno, default=None)

    def calls_of(self, function: str) -> list[ast.Call]:
        """Give all calls of a function."""
        return [call for call in self.calls if name_of(call) == function]

    def change(self, line: int, function: str, **arguments: str | None) -> str:
        """Set arguments of a call, or drop those that are None; empty where that is not possible."""
        call = self.find(line, function)
        return self._edited(call, arguments) if call else ""

    def change_first(self, line: int, function: str, text: str, name: str = "") -> str:
        """Set the first positional argument of a call, or the one of that name."""
        call = self.find(line, function)
        if call is None:
            return ""
        named = [keyword.value for keyword in call.keywords if name and keyword.arg == name]
        target = call.args[0] if call.args else (named[0] if named else None)
        return self._replaced([(target, text)]) if target is not None else ""

    def replace_call(self, line: int, function: str, text: str) -> str:
        """Put a text in the place of a whole call."""
        call = self.find(line, function)
        return self._replaced([(call, text)]) if call else ""

    def insert_after(self, line: int, function: str, text: str) -> str:
        """Add a line after the one where a call ends, with its indentation."""
        call = self.find(line, function)
        if call is None or not self.lines:
            return ""
        last = self.lines[(call.end_lineno or call.lineno) - 1]
        indent = last[: len(last) - len(last.lstrip())]
        if last.lstrip().startswith(("model.add(", "self.")) or ".add(" in last:
            text = f"{last.lstrip().split('(')[0]}({text})"
        elif last.rstrip().endswith(","):
            text = f"{text},"
        else:
            return ""
        return f"  {last.strip()}\n+ {indent.strip()}{text}"

    def _edited(self, call: ast.Call, arguments: dict[str, str | None]) -> str:
        changes: list[tuple[ast.AST, str]] = []
        added: list[str] = []
        for name, value in arguments.items():
            keyword = next((item for item in call.keywords if item.arg == name), None)
            if keyword is None and value is not None:
                added.append(f"{name}={value}")
            elif keyword is not None:
                changes.append((keyword, "" if value is None else f"{name}={value}"))
        return self._replaced(changes, call if added else None, ", ".join(added))

    def _replaced(
        self, changes: list[tuple[ast.AST, str]], call: ast.Call | None = None, added: str = ""
    ) -> str:
        nodes = [node for node, _ in changes] + ([call] if call else [])
        if not nodes:
            return ""
        first = min(node.lineno for node in nodes)  # type: ignore[attr-defined]
        last = max(node.end_lineno for node in nodes)  # type: ignore[attr-defined]
        old = "\n".join(self.lines[first - 1 : last])
        spans = [
            (self._offset(first, node, "start"), self._offset(first, node, "end"), text)
            for node, text in changes
        ]
        if call:
            end = self._offset(first, call, "end") - 1
            filled = call.args or call.keywords
            comma = ", " if filled and not old[:end].rstrip().endswith(",") else ""
            spans.append((end, end, comma + added))
        return _diff(old, _with(old, spans))

    def _offset(self, first: int, node: ast.AST, side: str) -> int:
        """Give the place of a node in the lines from `first` on, counted in characters."""
        row = node.lineno if side == "start" else node.end_lineno  # type: ignore[attr-defined]
        column = node.col_offset if side == "start" else node.end_col_offset  # type: ignore[attr-defined]
        characters = len(self.lines[row - 1].encode()[:column].decode())
        return sum(len(line) + 1 for line in self.lines[first - 1 : row - 1]) + characters


def _taken(node: ast.AST) -> tuple[list[ast.expr], ast.expr | None]:
    """Give the variables that a part of the program fills, and with what."""
    if isinstance(node, ast.Assign):
        return node.targets, node.value
    if isinstance(node, ast.AugAssign | ast.For):
        return [node.target], node.value if isinstance(node, ast.AugAssign) else node.iter
    if isinstance(node, ast.Call) and name_of(node) in ("append", "extend") and len(node.args) == 1:
        filled = node.func.value if isinstance(node.func, ast.Attribute) else None
        return ([filled], node.args[0]) if isinstance(filled, ast.Name) else ([], None)
    return [], None


def _with(old: str, spans: list[tuple[int, int, str]]) -> str:
    new = old
    for start, end, text in sorted(spans, reverse=True):
        if not text:  # a dropped argument takes its comma along
            while end < len(new) and new[end] in " ,":
                end += 1
            if end < len(new) and new[end] == ")":
                start = len(new[:start].rstrip(", "))
        new = new[:start] + text + new[end:]
    return new


def _diff(old: str, new: str) -> str:
    pairs = list(zip(old.splitlines(), new.splitlines(), strict=False))
    if len(old.splitlines()) != len(new.splitlines()):
        pairs = [(old, new)]
    return "\n".join(f"- {a.strip()}\n+ {b.strip()}" for a, b in pairs if a != b)


def name_of(call: ast.Call) -> str:
    """Give the last part of the name that is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
