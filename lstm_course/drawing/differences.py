"""What differs between two experiments, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from lstm_course.drawing.outline import becomes
from lstm_course.drawing.scene import Scene, SceneStage
from lstm_course.drawing.values import shape_text
from lstm_course.drawing.why import Why
from lstm_course.shapes import Tensor


@dataclass(frozen=True)
class Difference:
    """One thing in which two experiments differ."""

    stage: str  # id of the stage
    title: str  # its name in the first, or in the second where the first has none
    what: str  # "stage", "code", "shape", "labels", "parameters", "findings" or "reasons"
    first: str  # as it is in the first
    second: str  # as it is in the second


def differences(first: Scene, second: Scene) -> tuple[Difference, ...]:
    """List what differs, stage by stage from the bottom up."""
    found: list[Difference] = []
    for name in merged_order(first, second):
        left, right = first.stage(name), second.stage(name)
        if left is not None and right is not None:
            found += _within(left, right)
        elif left is not None or right is not None:
            title = (left or right).title  # type: ignore[union-attr]
            found.append(
                Difference(name, title, "stage", "there" if left else "none", "there" if right else "none")
            )
    return tuple(found)


def merged_order(first: Scene, second: Scene) -> tuple[str, ...]:
    """Put the stages of both in one order, each after the one that it follows."""
    order = [stage.id for stage in first.stages]
    before = ""
    for stage in second.stages:
        if stage.id not in order:
            order.insert(order.index(before) + 1 if before else 0, stage.id)
        before = stage.id
    return tuple(order)


def _within(left: SceneStage, right: SceneStage) -> list[Difference]:
    pairs = {"code": _code(left.code, right.code), "shape": (_shape(left.tensor), _shape(right.tensor))}
    pairs["parameters"] = f"{left.parameters:,}", f"{right.parameters:,}"
    pairs["findings"] = _findings(left), _findings(right)
    if all(a == b for a, b in pairs.values()):  # what is read differs, though the same leaves
        pairs["reasons"] = _reasons(left.why, right.why)
    if left.kind != "labels":  # their shape is that of the labels
        pairs["labels"] = _shape(left.label), _shape(right.label)
    return [Difference(left.id, left.title, what, a, b) for what, (a, b) in pairs.items() if a != b]


def _code(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, str]:
    """Leave out what both are told, unless nothing would be left on one side."""
    own = [
        tuple(part for part in mine if part not in other) for mine, other in ((left, right), (right, left))
    ]
    first, second = own if all(own) else (left, right)
    return ", ".join(first) or "nothing", ", ".join(second) or "nothing"


def _shape(tensor: Tensor | None) -> str:
    return "none" if tensor is None else shape_text(tensor)


def _findings(stage: SceneStage) -> str:
    return ", ".join(f"“{found.title}”" for found in stage.findings) or "no finding"


def _reasons(left: tuple[Why, ...], right: tuple[Why, ...]) -> tuple[str, str]:
    """Give of each the first axis that is told otherwise."""
    for before, after in zip_longest(left, right):
        if before != after:
            said = [becomes(why) if why else "nothing" for why in (before, after)]
            if said[0] == said[1]:
                said = [before.reason, after.reason]
            return said[0], said[1]
    return "", ""
