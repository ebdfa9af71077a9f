"""Inputs that were calculated from later rows: the program's own lines, checked against its arrays."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lstm_course.doctor.named import Named
from lstm_course.doctor.rows import follows, windows_of

JOINING = (
    "concat",
    "merge",
    "join",
    "DataFrame",
    "assign",
    "column_stack",
    "hstack",
    "stack",
    "concatenate",
    "append",
)
SMOOTHERS = ("uniform_filter1d", "gaussian_filter1d", "savgol_filter", "filtfilt", "sosfiltfilt", "medfilt")


@dataclass(frozen=True)
class Ahead:
    """A line whose result holds what later rows say."""

    name: str  # the name that it is given to
    line: int  # line of the program
    text: str  # the part that looks ahead


@lru_cache(maxsize=4)  # asked at every training, and a loop of a program's own trains a thousand times
def lines_ahead(source: str) -> tuple[Ahead, ...]:
    """Give the assignments that look ahead, and those calculated from them.

    >>> [one.name for one in lines_ahead("m = t.rolling(9).mean()\\ns = t - m.shift(-9)\\ny = t.shift(-1)\\nq = s / 2")]
    ['s', 'q']
    """
    try:
        body = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    found: dict[str, Ahead] = {}
    smooth: set[str] = set()
    listed: list[Ahead] = []
    for node in ast.walk(body):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        key = _key(target)
        text = _looking(value, smooth) or _from(value, found)
        if not key:
            continue
        smooth |= {key} if _smooths(value) else set()
        if text and not _joins(value):
            one = found[key] = Ahead(key, node.lineno, text)
            listed.append(one)
    return tuple(listed)


def _key(target: ast.expr) -> str:
    return ast.unparse(target) if isinstance(target, ast.Name | ast.Subscript) else ""


def _joins(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Call) and _called(part) in JOINING for part in ast.walk(value))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _smooths(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Call) and _called(part) in ("rolling", "ewm") for part in ast.walk(value))


def _looking(value: ast.expr, smooth: set[str]) -> str:
    for part in ast.walk(value):
        if not isinstance(part, ast.Call):
            continue
        if _called(part) in SMOOTHERS:
            return ast.unparse(part)
        words = {one.arg: ast.unparse(one.value) for one in part.keywords}
        if _called(part) == "rolling" and words.get("center") == "True":
            return ast.unparse(part)
        if _called(part) == "convolve" and (
            "'same'" in words.get("mode", "") or any(ast.unparse(arg) == "'same'" for arg in part.args[2:])
        ):
            return ast.unparse(part)
        if _called(part) == "shift" and _backwards(part, words):
            base = part.func.value if isinstance(part.func, ast.Attribute) else value
            if _smooths(base) or any(
                ast.unparse(inner) in smooth for inner in ast.walk(base) if isinstance(inner, ast.expr)
            ):
                return ast.unparse(part)
    return ""


def _backwards(call: ast.Call, words: dict[str | None, str]) -> bool:
    first = ast.unparse(call.args[0]) if call.args else words.get("periods", "")
    return first.startswith("-")


def _from(value: ast.expr, found: dict[str, Ahead]) -> str:
    """Give the part that looked ahead in an earlier line whose result is used here; an index says nothing."""
    aside = {
        id(part.value) for part in ast.walk(value)
        if isinstance(part, ast.Attribute) and part.attr in ("index", "shape", "columns", "size")
    }  # fmt: skip
    for part in ast.walk(value):
        if (
            isinstance(part, ast.Name | ast.Subscript)
            and id(part) not in aside
            and ast.unparse(part) in found
        ):
            return found[ast.unparse(part)].text
    return ""


def seen_ahead(source: str, x: Any, history: Sequence[Named]) -> str:
    """Say which line put later rows into the inputs; empty where none did."""
    lines = lines_ahead(source)
    series = windows_of(x) if lines else []
    for one in lines:
        arrays = [item.array for item in history if item.line == one.line]
        columns = [array.reshape(len(array), -1)[:, index] for array in arrays if array.ndim in (1, 2)
                   for index in range(min(array.reshape(len(array), -1).shape[1], 32))]  # fmt: skip
        if "[" in one.name:
            columns = columns[-1:]  # a new column stands last
        for values, stride in series:
            if any(follows(column, values, stride) is not None for column in columns):
                return (
                    f"{one.name} (line {one.line}) is calculated with {one.text}, and X holds windows of it."
                )
    return ""
