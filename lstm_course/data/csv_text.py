"""From the bytes of an unknown file to text, a separator and a header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lstm_course.data.errors import DataError

MAX_BYTES = 200 * 1024**2  # a larger table would take gigabytes once it is read
SEPARATORS = {"\t": "tab", ";": "semicolon", "|": "vertical bar", ",": "comma"}
_SAMPLE_LINES = 60
_NUMBER = re.compile(r"[+-]?(\d[\d.,' \u00a0\u202f]*|[.,]\d+)([eE][+-]?\d+)?%?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ].*)?|\d{1,2}:\d{2}.*")


@dataclass(frozen=True)
class Layout:
    """How the text of a table is laid out."""

    separator: str  # character between two cells
    has_header: bool  # whether the first row names the columns
    decimal: str  # "." or ","
    thousands: str  # "," or "." between groups of three digits; empty: none were seen


def read_bytes(source: str | Path | bytes | IO[bytes] | IO[str]) -> bytes:
    """Return the content of a file, up to a limit.

    Raises:
        DataError: when there is no such file, or it is too large.
    """
    if isinstance(source, bytes):
        content = source
    elif isinstance(source, str | Path):
        content = _read_file(Path(source))
    else:
        piece = source.read(MAX_BYTES + 1)
        content = piece.encode() if isinstance(piece, str) else piece
    if len(content) > MAX_BYTES:
        raise _too_large(len(content))
    return content


def _read_file(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size)
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The file {path} cannot be read: {error.strerror}. Check its name and place."
        ) from error


def _too_large(size: int) -> DataError:
    return DataError(
        f"The file has more than {size // 1024**2:,} MB; up to {MAX_BYTES // 1024**2} MB are read. "
        "Keep only the columns and rows that you need, or average to longer steps."
    )


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Raises:
        DataError: when the file is empty or is no text.

    >>> decode("Grösse".encode("cp1252"))
    ('Grösse', 'cp1252')
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DataError("This is an Excel or zip file, not text; save the sheet as CSV and load that.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
        if b"\0" in content:
            raise DataError("This file is no text: it holds zero bytes. Save the table as CSV and load that.")
    text, used = _decoded(content, encoding)
    strange = sum(text[:10_000].count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f")
    if strange > 5:
        raise DataError(
            "This file is no text: it holds control characters. Save the table as CSV and load that."
        )
    if not text.strip():
        raise DataError("The file is empty; expected a header and rows of numbers.")
    return text, used


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    for name in (encoding, "cp1252"):
        try:
            return content.decode(name), name
        except UnicodeError:
            continue
    raise DataError(
        "This file is no text in UTF-8 or Windows-1252. Save the table as CSV in UTF-8 and load that."
    )


def find_layout(text: str) -> Layout:
    """Return separator, header and decimal mark of a table.

    >>> find_layout("when;x\\n1.2.2020;1.234,5\\n2.2.2020;7,0\\n")
    Layout(separator=';', has_header=True, decimal=',', thousands='.')
    """
    try:
        return _layout(text)
    except csv.Error as error:
        raise DataError(
            f"The file is no table of short cells: {error}. Save the table as CSV again."
        ) from error


def _layout(text: str) -> Layout:
    lines = [line for line in io.StringIO(text[:500_000]) if line.strip()][:_SAMPLE_LINES]
    separator = find_separator(lines)
    rows = list(csv.reader(lines, delimiter=separator))
    has_header = _has_header(rows)
    decimal, thousands = _marks([cell for row in rows[has_header:] for cell in row], separator)
    return Layout(separator, has_header, decimal, thousands)


def find_separator(lines: list[str]) -> str:
    """Return the character that cuts the lines into equally many cells, a comma if none does.

    A comma is tried last, because it may be the decimal mark of a file separated by something else.

    >>> find_separator(["a;b", "1,5;2,5"])
    ';'
    """
    for separator in SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual, times = Counter(counts).most_common(1)[0]
        if usual > 1 and counts[0] == usual and times >= 0.8 * len(counts):
            return separator
    return ","


def _has_header(rows: list[list[str]]) -> bool:
    first, below = rows[0], rows[1:]
    if not below:
        return not any(_is_value(cell) for cell in first)
    for place, cell in enumerate(first):
        column = [row[place] for row in below if place < len(row) and row[place].strip()]
        values = sum(_is_value(other) for other in column)
        if cell.strip() and not _is_value(cell) and column and values > len(column) / 2:
            return True
    return not any(_is_value(cell) for cell in first)


def _is_value(cell: str) -> bool:
    cell = cell.strip()
    return bool(_NUMBER.fullmatch(cell) or _DATE.fullmatch(cell))


def _marks(cells: list[str], separator: str) -> tuple[str, str]:
    numbers = [cell.strip().lstrip("+-") for cell in cells if _NUMBER.fullmatch(cell.strip())]
    commas = [number for number in numbers if "," in number]
    both = [number for number in commas if "." in number]
    if both:
        return (",", ".") if both[0].rfind(",") > both[0].rfind(".") else (".", ",")
    if commas:
        grouped = all(re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", number) for number in commas)
        return (".", ",") if grouped and separator != ";" else (",", "")
    if any(re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){2,}", number) for number in numbers):
        return ",", "."
    return ".", ""
