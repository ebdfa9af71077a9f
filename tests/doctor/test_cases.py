"""Reported mistakes, broken and made right, on real Keras."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_course.doctor import Report, report_of

from . import programs
from .conftest import captures_of


@pytest.mark.parametrize("name", [*programs.GIVEN, *programs.OWN])
def test_the_first_finding_is_at_the_right_stage(name: str, report: Callable[[str], Report]) -> None:
    expected, seen = programs.EXPECTED[name], report(programs.case(name))
    assert seen.findings, "no finding"
    first = seen.findings[0]
    assert (first.stage, first.severity) == (expected["stage"], expected["severity"]), first.title
    assert (seen.keras is not None) == expected["raises"]


@pytest.mark.parametrize("name", [*programs.GIVEN, *programs.OWN])
def test_a_finding_says_something(name: str, report: Callable[[str], Report]) -> None:
    for finding in report(programs.case(name)).findings:
        assert len(finding.title) > 10
        assert len(finding.explanation) > 40
        assert len(finding.fix) > 20
        assert finding.lesson
        assert "unexplained" not in finding.code


@pytest.mark.parametrize("name", programs.FIXED)
def test_a_fixed_program_earns_no_alarm(name: str, report: Callable[[str], Report]) -> None:
    seen = report(programs.case(name))
    assert seen.sound, [finding.title for finding in seen.findings]
    assert seen.keras is None


@pytest.mark.parametrize("name", programs.SOUND)
def test_a_sound_program_earns_no_alarm(name: str, report: Callable[[str], Report]) -> None:
    seen = report(programs.sound(name))
    assert seen.sound, [finding.title for finding in seen.findings]
    assert seen.keras is None


@pytest.mark.slow
def test_the_other_fixed_programs_earn_no_alarm(tmp_path: Path) -> None:
    files = [programs.case(name) for name in programs.OTHER_FIXED]
    seen = captures_of(files, tmp_path / "fixed.pickle")
    alarms = {file: [one.title for one in report_of(capture).findings if one.severity in ("error", "wrong-result")]
              for file, capture in seen.items()}  # fmt: skip
    assert {file: titles for file, titles in alarms.items() if titles} == {}


def test_the_doctor_could_look_at_everything(captures: dict[str, object]) -> None:
    slips = {file: seen.slips for file, seen in captures.items() if getattr(seen, "slips", ())}  # type: ignore[attr-defined]
    assert slips == {}


def test_no_rule_fails(captures: dict[str, object]) -> None:
    failed = {
        file: one.explanation for file, seen in captures.items() for one in report_of(seen).findings  # type: ignore[arg-type]
        if one.code == "rule-failed"
    }  # fmt: skip
    assert failed == {}


def test_the_names_by_which_a_program_is_watched_are_told_to_nobody(captures: dict[str, object]) -> None:
    told = [
        f"{one.title} {one.explanation} {one.fix}" for seen in captures.values() for one in report_of(seen).findings  # type: ignore[arg-type]
    ]  # fmt: skip
    assert [text for text in told if "__doctor" in text] == []


def test_a_name_of_a_file_decides_nothing(captures: dict[str, object]) -> None:
    from dataclasses import replace

    path = programs.case("s21_stacked_rnn_without_return_sequences")
    renamed = replace(captures[path], file="anything.py")  # type: ignore[type-var]
    assert [one.code for one in report_of(renamed).findings] == [
        one.code for one in report_of(captures[path]).findings
    ]


def test_a_second_fault_behind_the_first_is_named(tmp_path: Path) -> None:
    text = Path(programs.case("a11_feature_count")).read_text(encoding="utf-8")
    both = tmp_path / "both.py"
    both.write_text(text.replace("LSTM(8)", "LSTM(8, return_sequences=True)"), encoding="utf-8")
    seen = captures_of([str(both)], tmp_path / "both.pickle")
    codes = [(one.code, one.severity) for one in report_of(seen[str(both)]).findings]  # type: ignore[arg-type]
    assert codes[:2] == [("number-of-features", "error"), ("sequence-output-one-label", "wrong-result")]
