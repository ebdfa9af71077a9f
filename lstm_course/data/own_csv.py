"""Read a learner's own CSV, and say what was understood."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import IO

import pandas as pd

from lstm_course.data.csv_columns import MAX_CLASSES, find_frequency, find_time, is_missing, to_numbers
from lstm_course.data.csv_text import SEPARATORS, Layout, decode, find_layout, read_bytes
from lstm_course.data.errors import DataError
from lstm_course.data.gaps import find_gaps
from lstm_course.data.series import Series
from lstm_course.wording import counted, step_in_words

MAX_COLUMNS = 500
_BEYOND = "\0beyond"  # takes a cell too many, so that it is noticed and not dropped


def load_csv(
    source: str | Path | bytes | IO[bytes] | IO[str], *, name: str | None = None, time: str | None = None
) -> Series:
    """Read a table of numbers in time from a file, and note on the Series how it was understood.

    Separator, decimal mark, encoding, header, the time column and the step from row to row are found
    out. Nothing is dropped or filled without a note; rows are put in the order of time.

    Args:
        source: path, bytes, or an open file of at most 200 MB.
        name: name to show; None: the name of the file.
        time: name of the column that holds the time; None: the column that looks like it.

    Returns:
        Series with its notes.

    Raises:
        DataError: when no table of numbers can be made of it; the text says what to do.

    >>> series = load_csv(b"day;x\\n2020-01-01;1,5\\n2020-01-02;2,5\\n2020-01-04;4\\n")
    >>> series.frequency, series.values(["x"])[:, 0].tolist()
    ('D', [1.5, 2.5, 4.0])
    >>> print(series.notes[-1])
    1 time stamp of the regular grid without a row.
    """
    text, encoding = decode(read_bytes(source))
    text = re.sub(r"\A(?:[ \t]*\r?\n)+", "", text)  # empty lines above the header
    layout = find_layout(text)
    cells, notes = _cells(text, layout)
    notes.insert(0, _how(layout, encoding))
    time_name, times, sentence = find_time(cells, time)
    notes.append(sentence)
    kept = {column: values for column, values in cells.items() if column != time_name}
    typed = {column: _typed(column, values, layout, notes) for column, values in kept.items()}
    frame = pd.DataFrame({column: values for column, values in typed.items() if values is not None})
    if not any(pd.api.types.is_float_dtype(kind) for kind in frame.dtypes):
        raise DataError(
            f"No column of numbers was found among {', '.join(cells)}; a series needs at least one. "
            f"{' '.join(notes)}"
        )
    frame, frequency = _in_time(frame, times, time_name, notes)
    if len(frame) < 2:
        raise DataError(
            f"The file has {len(frame)} row of values; a window of 1 timestep and its label need at least 2."
        )
    series = Series(name or _name(source), frame, frequency)
    return Series(series.name, frame, frequency, None, (*notes, *_value_notes(series)))


def _name(source: object) -> str:
    own = source if isinstance(source, str | Path) else getattr(source, "name", None)
    return Path(str(own)).stem if own else "own data"


def _how(layout: Layout, encoding: str) -> str:
    header = "the first row names the columns" if layout.has_header else "there is no header"
    thousands = f", thousands marked by {layout.thousands!r}" if layout.thousands else ""
    return (
        f"Read as {encoding} with {SEPARATORS[layout.separator]} between cells and {layout.decimal!r} as decimal mark"
        f"{thousands}; {header}."
    )


def _cells(text: str, layout: Layout) -> tuple[dict[str, pd.Series], list[str]]:
    first = next(csv.reader(io.StringIO(text), delimiter=layout.separator))
    if len(first) > MAX_COLUMNS:
        raise DataError(
            f"The file has {len(first)} columns; up to {MAX_COLUMNS} are read. Is it turned on its side? "
            "Time runs down the rows."
        )
    names, notes = _column_names(first, layout.has_header)
    try:
        table = pd.read_csv(
            io.StringIO(text),
            sep=layout.separator,
            header=None,
            names=[*names, _BEYOND],
            skiprows=1 if layout.has_header else 0,
            dtype=str,
            keep_default_na=False,
        )
    except pd.errors.EmptyDataError:
        table = pd.DataFrame(columns=[*names, _BEYOND])
    except pd.errors.ParserError as error:
        reason = str(error).removeprefix("Error tokenizing data. C error: ").strip()
        raise _ragged(len(names), reason) from error
    beyond = table[_BEYOND].fillna("").str.strip().ne("").to_numpy()
    if beyond.any():
        raise _ragged(len(names), f"row {int(beyond.argmax()) + 1} below the first has more")
    if table.empty:
        raise DataError(f"The file has a header ({', '.join(names)}) but no row below it.")
    return {name: table[name].fillna("") for name in names}, notes


def _ragged(num_cells: int, reason: str) -> DataError:
    return DataError(
        f"The first row has {num_cells} cells, but not all others have as many: {reason}. "
        "Remove lines above the header, and put text that holds separators in quotes."
    )


def _column_names(first: list[str], has_header: bool) -> tuple[list[str], list[str]]:
    names: list[str] = []
    notes: list[str] = []
    for place, cell in enumerate(first, start=1):
        wanted = (cell.strip() if has_header else "") or f"column_{place}"
        given = wanted
        copies = 2
        while given in names:
            given, copies = f"{wanted}_{copies}", copies + 1
        if given != wanted:
            notes.append(f"The column name {wanted!r} occurs again; the second is called {given!r}.")
        names.append(given)
    return names, notes


def _typed(column: str, cells: pd.Series, layout: Layout, notes: list[str]) -> pd.Series | None:
    missing = is_missing(cells)
    known = int((~missing).sum())
    if known == 0:
        notes.append(f"{column!r} is empty and was left out.")
        return None
    if column == "column_1" and layout.has_header and _counts_rows(cells):
        notes.append("The first column has no name and only numbers the rows; it was left out.")
        return None
    numbers = to_numbers(cells.mask(missing), layout)
    good = int(numbers.notna().sum())
    if good >= 0.5 * known:
        if good < known:
            row = int((~missing & numbers.isna()).to_numpy().argmax())
            notes.append(
                f"{column!r}: {counted(known - good, 'cell')} without a number (the first is {cells.iloc[row][:40]!r}, "
                f"row {row + 1}), counted as missing."
            )
        return numbers
    classes = cells.str.strip().mask(missing)
    if classes.nunique() <= min(MAX_CLASSES, max(2, known // 2)):
        notes.append(
            f"{column!r} holds {counted(classes.nunique(), 'different text')} and is kept as classes."
        )
        return classes.astype("category")
    notes.append(f"{column!r} holds text with {classes.nunique():,} different values and was left out.")
    return None


def _counts_rows(cells: pd.Series) -> bool:
    first = cells.iloc[0].strip()
    if first not in ("0", "1"):
        return False
    return bool(
        (cells.str.strip() == pd.Series(range(int(first), int(first) + len(cells))).astype(str)).all()
    )


def _in_time(
    frame: pd.DataFrame, times: pd.Series | None, name: str | None, notes: list[str]
) -> tuple[pd.DataFrame, str | None]:
    if times is None:
        return frame, None
    unknown_times = times.isna().to_numpy()
    if unknown_times.any():
        notes.append(f"{counted(int(unknown_times.sum()), 'row')} without a readable time left out.")
    frame = frame[~unknown_times].set_axis(pd.DatetimeIndex(times[~unknown_times], name=name))
    if not frame.index.is_monotonic_increasing:
        frame = frame.sort_index(kind="stable")
        notes.append("The rows were not in the order of time; they are now.")
    repeated = int(frame.index.duplicated().sum())
    if repeated:
        notes.append(
            f"{counted(repeated, 'row')} with the time stamp of an earlier one; if the file holds several series, "
            "keep one of them."
        )
    frequency = find_frequency(pd.DatetimeIndex(frame.index))
    notes.append(
        f"The step from row to row is {step_in_words(frequency)}."
        if frequency
        else "The step from row to row varies."
    )
    return frame, frequency


def _value_notes(series: Series) -> list[str]:
    gaps = find_gaps(series)
    said = [f"{name!r}: {counted(gaps.num_missing(name), 'missing value')}." for name in gaps.missing]
    said += [
        f"{item.column!r} reads {item.value:g} at {item.when}, far from all others."
        for item in gaps.suspicious
    ]
    numbers = series.frame[list(series.numeric_columns)]
    lows = numbers.min()
    said += [
        f"{name!r} holds {low:g} throughout: there is nothing in it to learn from."
        for name, low in lows[lows == numbers.max()].items()
    ]
    if gaps.num_absent:
        said.append(f"{counted(gaps.num_absent, 'time stamp')} of the regular grid without a row.")
    return said
