from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_course.data import DataError, csv_text, load_csv


def values(content: str | bytes) -> list[list[float]]:
    return load_csv(content.encode() if isinstance(content, str) else content).values().tolist()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("date,x\n2020-01-01,1.5\n2020-01-02,2\n", [[1.5], [2.0]]),
        ("date;x\n2020-01-01;1,5\n2020-01-02;2,25\n", [[1.5], [2.25]]),
        ("date\tx\n2020-01-01\t1,5\n2020-01-02\t2\n", [[1.5], [2.0]]),
        ("date|x\n2020-01-01|1.5\n2020-01-02|2\n", [[1.5], [2.0]]),
        ('date,x\n2020-01,"1,234"\n2020-02,"12,345"\n', [[1234.0], [12345.0]]),
        ('date,x\n2020-01,"1,234.5"\n2020-02,"12,345.0"\n', [[1234.5], [12345.0]]),
        ("date;x\n2020-01;1.234,5\n2020-02;7\n", [[1234.5], [7.0]]),
        ("x;y\n1 234;2\n5 678;3\n", [[1234.0, 2.0], [5678.0, 3.0]]),
        ("1,2\n3,4\n", [[1.0, 2.0], [3.0, 4.0]]),
        ("1\n2\n3\n", [[1.0], [2.0], [3.0]]),
        ("\ufeffdate,x\n2020-01-01,1\n2020-01-02,2\n", [[1.0], [2.0]]),
        ("\n\n x , y \n1,2\n3,4\n", [[1.0, 2.0], [3.0, 4.0]]),
    ],
)
def test_separators_marks_and_headers(content, expected):
    assert values(content) == expected


def test_encodings():
    text = "Datum;Größe\n01.02.2020;1,5\n02.02.2020;2,5\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert load_csv(text.encode(encoding)).columns == ("Größe",)


@pytest.mark.parametrize(
    ("stamps", "first", "frequency"),
    [
        (["2020-01-31", "2020-02-01"], "2020-01-31", "D"),
        (["1949-01", "1949-02", "1949-03"], "1949-01-01", "MS"),
        (["31.01.2020", "01.02.2020"], "2020-01-31", "D"),
        (["1/30/2020", "1/31/2020", "2/1/2020"], "2020-01-30", "D"),
        (["2020-01-01 00:30", "2020-01-01 01:00"], "2020-01-01 00:30", "30min"),
        (["2020-01-01T01:00+01:00", "2020-01-01T02:00+01:00"], "2020-01-01", "h"),
        (["Jan 2020", "Feb 2020", "Mar 2020"], "2020-01-01", "MS"),
        (["20200101", "20200108", "20200115"], "2020-01-01", "W-WED"),
        (["1990", "1991", "1992"], "1990-01-01", "YS"),
        (["1600000000", "1600000060"], "2020-09-13 12:26:40", "min"),
        ([f"01/{month:02}/{year}" for year in (2019, 2020) for month in range(1, 13)], "2019-01-01", "MS"),
    ],
)
def test_times_and_steps(stamps, first, frequency):
    rows = "".join(f"{stamp},{number}\n" for number, stamp in enumerate(stamps))
    series = load_csv(f"date,x\n{rows}".encode())
    assert series.times is not None
    assert series.times[0] == pd.Timestamp(first)
    assert series.frequency == frequency


def test_everything_that_was_decided_is_noted():
    rows = ("2020-01-02,2,sun,a,", "2020-01-01,1,sun,b,", "2020-01-03,oops,rain,c,", "2020-01-06,4,rain,d,")
    content = "\n".join(("date,x,sky,remark,empty", *rows))
    series = load_csv(content.encode(), name="mine")
    assert series.columns == ("x", "sky")
    assert series.class_columns == ("sky",)
    said = " ".join(series.notes)
    for text in (
        "comma between cells",
        "'date' was taken as the time",
        "'x': 1 cell without a number (the first is 'oops', row 3)",
        "'sky' holds 2 different texts and is kept as classes",
        "'remark' holds text with 4 different values and was left out",
        "'empty' is empty and was left out",
        "not in the order of time",
        "'x': 1 missing value",
        "2 time stamps of the regular grid without a row",
    ):
        assert text in said


def test_a_column_that_stands_still_is_noted():
    series = load_csv(b"x,y\n5,1\n,2\n5,4\n5,3\n")
    assert [note for note in series.notes if "nothing in it to learn from" in note] == [
        "'x' holds 5 throughout: there is nothing in it to learn from."
    ]


def test_repeated_names_times_and_row_numbers_are_noted():
    series = load_csv(b'"",day,x,x\n0,2020-01-01,1,2\n1,2020-01-01,3,4\n2,2020-01-02,5,6\n')
    assert series.columns == ("x", "x_2")
    assert "only numbers the rows" in " ".join(series.notes)
    assert "1 row with the time stamp of an earlier one" in " ".join(series.notes)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (bytes(range(256)), "zero bytes"),
        (bytes(range(1, 32)) * 9, "control characters"),
        (b"PK\x03\x04rest", "Excel or zip file"),
        (b"a,b\n", "no row below it"),
        (b"a,b\n1,2\n", "has 1 row of values"),
        (b"a,b\nx,y\nz,w\n", "No column of numbers was found among a, b"),
        (b"a,b\n1,2\n1,2,3\n", "row 2 below the first has more"),
        (b"a,b\n1,2\n1,2,3,4\n", "Remove lines above the header"),
        (b'a,b\n1,"2\n3,4\n', "EOF inside string"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "no table of short cells"),
        (",".join(["1"] * 501).encode(), "501 columns; up to 500"),
    ],
)
def test_what_is_no_table_is_answered(content, text):
    with pytest.raises(DataError) as caught:
        load_csv(content)
    assert text in str(caught.value)


def test_a_named_time_column_must_exist_and_hold_times():
    content = b"when,x\nsoon,1\nlater,2\n"
    with pytest.raises(DataError, match="did you mean 'when'"):
        load_csv(content, time="wen")
    with pytest.raises(DataError, match="holds no times that are understood, such as 'soon'"):
        load_csv(content, time="when")


def test_paths_and_open_files(tmp_path: Path):
    path = tmp_path / "river.csv"
    path.write_text("x\n1\n2\n")
    assert load_csv(path).name == "river"
    assert load_csv(io.StringIO("x\n1\n2\n")).num_rows == 2
    with pytest.raises(DataError, match="cannot be read: No such file"):
        load_csv(tmp_path / "none.csv")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(csv_text, "MAX_BYTES", 3 * 1024**2)
    path = tmp_path / "big.csv"
    path.write_bytes(b"1\n" * 2 * 1024**2)
    for source in (path, path.read_bytes(), io.BytesIO(path.read_bytes())):
        with pytest.raises(DataError, match="up to 3 MB are read"):
            load_csv(source)


@pytest.mark.slow
def test_a_million_rows():
    table = pd.DataFrame(
        {"t": pd.date_range("2000", periods=1_000_000, freq="min"), "x": np.arange(1_000_000)}
    )
    series = load_csv(table.to_csv(index=False).encode())
    assert series.num_rows == 1_000_000
    assert series.frequency == "min"


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet='0123456789,;\t.-/: \n"abAB', max_size=200)))
def test_any_bytes_give_a_series_or_a_sentence(content):
    try:
        series = load_csv(content if isinstance(content, bytes) else content.encode())
    except DataError:
        return  # a sentence; any other error fails the test
    assert series.num_rows >= 2
