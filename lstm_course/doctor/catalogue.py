"""Every finding with a small broken program and its cure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lstm_course.doctor.rules import RULES, Rule


@dataclass(frozen=True)
class Entry:
    """One finding of the catalogue."""

    code: str  # the finding's code
    stage: str  # where it belongs
    severity: str  # how bad it is
    title: str  # the mistake in a few words
    lesson: str  # slug of the lesson that teaches it
    broken: str  # a program that earns it
    cured: str  # the same program made right


@cache
def catalogue() -> tuple[Entry, ...]:
    """Give all entries, in the order of the stages."""
    text = (Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8")
    return tuple(Entry(code, **fields) for code, fields in tomllib.loads(text).items())


def rules() -> tuple[Rule, ...]:
    """Give the rules: what each looks at, and its family."""
    return RULES
