"""Every entry of the catalogue, both ways: its programs are those of the cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lstm_course.doctor import Report, catalogue

from . import programs

ENTRIES = {entry.code: entry for entry in catalogue()}
NAMES = {text: name for name, text in programs.TEXTS.items()}


@pytest.mark.parametrize("code", ENTRIES)
def test_the_broken_program_earns_the_code_and_the_cure_none(
    code: str, report: Callable[[str], Report]
) -> None:
    entry = ENTRIES[code]
    name = NAMES[entry.broken]
    first = report(programs.case(name)).findings[0]
    assert (first.code, first.stage, first.severity, first.title) == (
        code,
        entry.stage,
        entry.severity,
        entry.title,
    )
    assert entry.cured == (programs.HERE / "cases" / f"{name}_fixed.py").read_text(encoding="utf-8")
    cured = report(programs.case(f"{name}_fixed"))
    assert cured.sound
    assert code not in {finding.code for finding in cured.findings}


def test_the_catalogue_is_not_short():
    assert len(ENTRIES) >= 60


def test_every_mistake_of_the_cases_has_its_entry(report: Callable[[str], Report]) -> None:
    found = {report(programs.case(name)).findings[0].code for name in programs.EXPECTED}
    assert found - set(ENTRIES) == set()
