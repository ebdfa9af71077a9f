"""Programs that loop, leave, ask, print and litter, run as jobs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_course import jobs
from lstm_course.doctor import DoctorError, Report, diagnose, examine

UNRULY = Path(__file__).parent / "unruly"


@pytest.fixture(scope="module", autouse=True)
def end_jobs() -> Iterator[None]:
    yield
    jobs.shutdown()


def check(name: str, seconds: float = 30) -> Report:
    return examine(UNRULY / f"{name}.py", seconds=seconds)


def test_a_program_that_loops_is_stopped_with_a_sentence():
    assert "still running after 1 s, at line 1" in check("loops", seconds=1).notes[0]


@pytest.mark.parametrize(("name", "code"), [("leaves", 3), ("leaves_hard", 5)])
def test_a_program_that_leaves_is_judged_until_then(name: str, code: int) -> None:
    assert f"exit code {code}" in check(name).notes[0]


def test_a_program_that_asks_gets_no_answer():
    assert "asks for input()" in check("asks").notes[0]


def test_megabytes_of_text_are_dropped():
    report = check("prints_megabytes")
    assert report.capture is not None
    assert report.capture.printed > 30_000_000
    assert report.findings == ()


def test_nothing_is_written_beside_the_program():
    before = sorted(UNRULY.iterdir())
    report = check("writes_files")
    assert sorted(UNRULY.iterdir()) == before
    assert "beside.txt; the doctor kept it from there" in report.notes[0]
    assert report.findings == ()


@pytest.mark.parametrize("name", ["missing_package", "missing_file"])
def test_what_is_not_there_is_named(name: str) -> None:
    assert check(name).findings[0].code == name.split("_")[1].join(["", "-missing"])


def test_a_program_that_does_not_parse():
    report = check("does_not_parse")
    assert (report.findings[0].code, report.keras) == (
        "syntax-error",
        "SyntaxError: '[' was never closed (does_not_parse.py, line 2)",
    )


def test_an_empty_program_has_no_findings():
    assert check("is_empty").findings == ()


def test_a_pasted_program_and_its_json():
    text = "import keras\nfrom keras.layers import LSTM, Dense\n"
    text += "model = keras.Sequential([keras.Input((10, 3)), LSTM(8), LSTM(4), Dense(1)])\n"
    report = examine(text)
    plain = report.to_dict()
    assert plain["findings"][0]["stage"] == "between-layers"
    assert (
        "+ model = keras.Sequential([keras.Input((10, 3)), LSTM(8, return_sequences=True), LSTM(4)"
        in report.to_text()
    )
    assert set(plain) >= {"file", "findings", "shapes", "keras"}


def test_a_file_that_is_not_there():
    with pytest.raises(DoctorError, match=r"There is no file nowhere\.py\. Give the path"):
        diagnose("nowhere.py")
