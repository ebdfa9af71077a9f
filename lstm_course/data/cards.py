"""A data set's card: what it is, where it comes from, and under which terms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from lstm_course.data.errors import DataError


@dataclass(frozen=True)
class TimeColumn:
    """How the time of a row is written."""

    column: str  # name of the column
    format: str  # format of its text, as in strptime
    frequency: str  # step from row to row, as a pandas alias such as "MS" or "30min"
    zone: str  # time zone of the clock; empty: local or none


@dataclass(frozen=True)
class GroupColumn:
    """Which column tells several series in one file apart."""

    column: str  # name of the column
    default: str  # group that is loaded when none is named


@dataclass(frozen=True)
class SequenceColumns:
    """Which columns cut a file of sequences into sequences."""

    column: str  # number of the sequence that a row belongs to
    position: str  # number of the row within its sequence
    split: str  # "train" or "test"


@dataclass(frozen=True, kw_only=True)
class Card:
    """Everything there is to say about a data set before its first row is read."""

    name: str  # name to load it by
    title: str  # name to show
    description: str  # one sentence
    kind: Literal["series", "sequences"]  # one long table, or many short ones
    source: str  # where the values were read from
    licence: str  # terms of use
    licence_evidence: str  # what those terms rest on
    credit: str  # whom to name
    changes: str  # what was changed on the way here
    rows: int  # rows of the file, without its header
    sha256: str  # checksum of data.csv
    season: int  # rows of the main season; 1: none
    season_name: str  # the season in words
    targets: tuple[str, ...]  # columns to forecast unless others are named
    features: tuple[str, ...]  # columns that suggest themselves as inputs
    classes: tuple[str, ...]  # columns that hold a class
    oddities: tuple[str, ...]  # what is odd in the values, and is kept
    units: Mapping[str, str] = field(hash=False)  # unit of each column
    time: TimeColumn | None = None  # None for sequences
    group: GroupColumn | None = None  # None where the file holds one series
    sequences: SequenceColumns | None = None  # None for series


_TABLES: dict[str, Any] = {"time": TimeColumn, "group": GroupColumn, "sequences": SequenceColumns}
_LISTS = ("targets", "features", "classes", "oddities")


def read_card(path: Path) -> Card:
    """Read a card.toml.

    Raises:
        DataError: when a field is missing, or one is there that no card has.
    """
    values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    wanted = {item.name for item in fields(Card)}
    missing = sorted(wanted - set(values) - set(_TABLES))
    strange = sorted(set(values) - wanted)
    if missing or strange:
        raise DataError(
            f"The card {path} does not fit: missing {', '.join(missing) or 'nothing'}, "
            f"unknown {', '.join(strange) or 'nothing'}."
        )
    for name, kind in _TABLES.items():
        values[name] = kind(**values[name]) if name in values else None
    for name in _LISTS:
        values[name] = tuple(values[name])
    return Card(**values)
