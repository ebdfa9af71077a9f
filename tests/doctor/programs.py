"""The programs that the doctor is tested on, and what is expected of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from lstm_course.doctor import catalogue

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "cases" / "expected.toml").read_text(encoding="utf-8"))
GIVEN = sorted(name for name in EXPECTED if name.startswith("s"))
OWN = sorted(name for name in EXPECTED if not name.startswith("s"))
SOUND = sorted(path.stem for path in (HERE / "sound").glob("*.py"))
SHOWN = {entry.broken for entry in catalogue()}
TEXTS = {name: (HERE / "cases" / f"{name}.py").read_text(encoding="utf-8") for name in EXPECTED}
FIXED = [f"{name}_fixed" for name in [*GIVEN, *OWN] if name in GIVEN or TEXTS[name] in SHOWN]
OTHER_FIXED = [f"{name}_fixed" for name in OWN if f"{name}_fixed" not in FIXED]


def case(name: str) -> str:
    return str(HERE / "cases" / f"{name}.py")


def sound(name: str) -> str:
    return str(HERE / "sound" / f"{name}.py")
