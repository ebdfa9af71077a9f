"""Which drill comes next: harder as one succeeds, and what was missed comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lstm_course.course.drills.experiments import MAX_LEVEL
from lstm_course.course.drills.kinds import KINDS, LOWEST_LEVEL, Drill, make_drill
from lstm_course.course.misconceptions import Case, shown_by
from lstm_course.course.questions import Number, Shape

COMES_BACK_AFTER = (3, 8)
"""Drills between a miss and its first return, and between that return and the second."""

RIGHT_TO_RISE = 4
WRONG_TO_FALL = 3
REMEMBERED = 12
SEARCHED = 25


@dataclass(frozen=True)
class DrillResult:
    """How one drill was answered."""

    kind: str  # kind of the drill
    level: int  # its level
    seed: int  # its seed
    is_right: bool  # whether it was answered rightly
    misconception: str | None = None  # mistake behind a wrong answer, where it is known


@dataclass(frozen=True)
class _Debt:
    """Something missed that is to come back."""

    kind: str
    level: int
    misconception: str | None
    due: int  # number of the drill from which on it may come back
    stage: int  # how many returns were answered rightly


def results_of(entries: Sequence[Mapping[str, Any]]) -> tuple[DrillResult, ...]:
    """Read results from the rows of `Progress.entries("drills")`; kinds that no longer exist are left out."""
    return tuple(
        DrillResult(
            row["kind"], int(row["level"]), int(row["seed"]), bool(row["is_right"]), row["misconception"]
        )
        for row in entries
        if row["kind"] in KINDS
    )


def level_of(history: Sequence[DrillResult]) -> int:
    """Return the level that a learner has reached: up after four right ones in a row, down after three wrong.

    >>> level_of([DrillResult("windows", 1, seed, True) for seed in range(4)])
    2
    """
    level, run = 1, 0
    for result in history:
        run = max(run, 0) + 1 if result.is_right else min(run, 0) - 1
        if run >= RIGHT_TO_RISE:
            level, run = min(level + 1, MAX_LEVEL), 0
        elif run <= -WRONG_TO_FALL:
            level, run = max(level - 1, 1), 0
    return level


def next_drill(history: Sequence[DrillResult], seed: int = 0) -> Drill:
    """Choose the next drill; the same history and seed always give the same one.

    What was missed comes back after three other drills, with other numbers that invite the same mistake; answered
    rightly, once more after eight. Otherwise the kind changes from drill to drill, at the level that was reached.

    Args:
        history: results so far, oldest first.
        seed: of this learner.
    """
    rng = Random(f"{seed} {len(history)}")
    due = [debt for debt in _debts(history) if debt.due <= len(history)]
    if due:
        return _return_of(due[0], history, rng)
    level = level_of(history)
    lately = [result.kind for result in history[-2:]]
    kinds = [kind for kind in KINDS if kind not in lately and LOWEST_LEVEL.get(kind, 1) <= level + 1]
    return _fresh(rng.choice(kinds), level, history, rng)


def _debts(history: Sequence[DrillResult]) -> list[_Debt]:
    debts: list[_Debt] = []
    for number, result in enumerate(history):
        paid = next((debt for debt in debts if debt.kind == result.kind and debt.due <= number), None)
        if paid is not None:
            debts.remove(paid)
        if not result.is_right:
            due = number + 1 + COMES_BACK_AFTER[0]
            debts.append(_Debt(result.kind, result.level, result.misconception, due, 0))
        elif paid is not None and paid.stage + 1 < len(COMES_BACK_AFTER):
            due = number + 1 + COMES_BACK_AFTER[paid.stage + 1]
            debts.append(_Debt(paid.kind, paid.level, paid.misconception, due, paid.stage + 1))
    return debts


def _return_of(debt: _Debt, history: Sequence[DrillResult], rng: Random) -> Drill:
    """Make a drill with other numbers in which the same mistake would show."""
    for _ in range(SEARCHED):
        drill = _fresh(debt.kind, debt.level, history, rng)
        if debt.misconception is None or debt.misconception in misconceptions_in(drill):
            return drill
    return _fresh(debt.kind, debt.level, history, rng)


def misconceptions_in(drill: Drill) -> set[str]:
    """Return the ids of the misconceptions that would show in a drill."""
    if not isinstance(drill.question, Shape | Number):
        return set()
    prediction = drill.prediction
    right = drill.question.answer.measure(prediction)
    if right is None:
        return set()
    return {found.id for found, _ in shown_by(Case(prediction, drill.question.answer, right))}


def _fresh(kind: str, level: int, history: Sequence[DrillResult], rng: Random) -> Drill:
    """Make a drill that was not asked lately."""
    lately = [
        make_drill(each.kind, each.level, each.seed) for each in history[-REMEMBERED:] if each.kind == kind
    ]
    asked = {(drill.question.prompt, drill.exp) for drill in lately}
    drill = make_drill(kind, level, rng.randrange(2**31))
    for _ in range(SEARCHED):
        if (drill.question.prompt, drill.exp) not in asked:
            return drill
        drill = make_drill(kind, level, rng.randrange(2**31))
    return drill
