"""Every entry of the catalogue, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_course.doctor import catalogue, report_of

from .conftest import captures_of, shared_place

ENTRIES = {entry.code: entry for entry in catalogue()}


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    place = shared_place(tmp_path_factory)
    folder = place / "catalogue"
    folder.mkdir(exist_ok=True)
    files = []
    for entry in catalogue():
        for name, text in (("broken", entry.broken), ("cured", entry.cured)):
            path = folder / f"{entry.code}_{name}.py"
            path.write_text(text, encoding="utf-8")
            files.append(str(path))
    return {Path(file).stem: seen for file, seen in captures_of(files, place / "catalogue.pickle").items()}


@pytest.mark.slow
@pytest.mark.parametrize("code", ENTRIES)
def test_the_broken_program_earns_the_code_and_the_cure_none(code: str, captured: dict[str, object]) -> None:
    first = report_of(captured[f"{code}_broken"]).findings[0]  # type: ignore[arg-type]
    entry = ENTRIES[code]
    assert (first.code, first.stage, first.severity, first.title) == (code, entry.stage, entry.severity, entry.title)
    cured = report_of(captured[f"{code}_cured"])  # type: ignore[arg-type]
    assert cured.sound
    assert code not in {finding.code for finding in cured.findings}


def test_the_catalogue_is_not_short():
    assert len(ENTRIES) >= 60
