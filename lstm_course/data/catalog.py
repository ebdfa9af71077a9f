"""The data sets that come with the course: list them, load them, notice when one was changed."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from lstm_course.data.cards import Card, read_card
from lstm_course.data.errors import DataError, unknown
from lstm_course.data.series import Sequences, Series
from lstm_course.resources import content_dir


@lru_cache(maxsize=1)
def datasets() -> tuple[Card, ...]:
    """Return the cards of all data sets, by name.

    >>> [card.name for card in datasets()][:3]
    ['air_passengers', 'brent', 'co2']
    """
    return tuple(read_card(path) for path in sorted(content_dir("datasets").glob("*/card.toml")))


def find_card(name: str) -> Card:
    """Return the card of one data set.

    Raises:
        DataError: when there is no such data set; the nearest name is suggested.
    """
    for card in datasets():
        if card.name == name:
            return card
    raise unknown("data set", name, (card.name for card in datasets()))


def load_dataset(name: str, group: str | None = None) -> Series | Sequences:
    """Load a data set, after checking that its file is the one that its card describes.

    Args:
        name: one of the names in `datasets()`.
        group: which series of a file that holds several, such as an airport; None: the card's default.

    Raises:
        DataError: when the name or the group does not exist, or the file was changed.

    >>> load_dataset("air_passengers").frame.shape
    (144, 1)
    """
    card = find_card(name)
    return load_sequences(name) if card.kind == "sequences" else load_series(name, group)


def load_series(name: str, group: str | None = None) -> Series:
    """Load a data set that is one long table of rows in time.

    Raises:
        DataError: when it holds sequences, or as in `load_dataset`.
    """
    card = find_card(name)
    if card.kind != "series":
        raise DataError(f"{name!r} holds sequences of unequal length, not one series; use load_sequences.")
    series = _series(content_dir("datasets") / name, card, _group(card, group))
    return dataclasses.replace(series, frame=series.frame.copy())  # the stored frame stays as it was read


def load_sequences(name: str) -> Sequences:
    """Load a data set that is many short sequences, each with a class.

    Raises:
        DataError: when it holds one series, or as in `load_dataset`.
    """
    card = find_card(name)
    if card.kind != "sequences":
        raise DataError(f"{name!r} is one series, not a set of sequences; use load_series.")
    return _sequences(content_dir("datasets") / name, card)


def group_names(card: Card) -> tuple[str, ...]:
    """Name the series of a data set that holds several, in the order of the file; none where it holds one.

    >>> group_names(find_card("nyc_weather"))
    ('EWR', 'JFK', 'LGA')
    """
    if card.group is None:
        return ()
    column = pd.read_csv(content_dir("datasets") / card.name / "data.csv", usecols=[card.group.column])
    return tuple(str(name) for name in column[card.group.column].unique())


def _group(card: Card, group: str | None) -> str:
    if card.group is None and group:
        raise DataError(f"{card.name!r} holds one series only, so there is no group {group!r}; leave it out.")
    return group or (card.group.default if card.group else "")


def _table(folder: Path, card: Card) -> pd.DataFrame:
    content = (folder / "data.csv").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != card.sha256:
        raise DataError(
            f"The file of {card.name!r}, {folder / 'data.csv'}, was changed: its sha256 is {found[:12]}…, "
            f"but its card says {card.sha256[:12]}…. Fetch the file again, or read your own copy with load_csv."
        )
    return pd.read_csv(io.BytesIO(content))


@lru_cache(maxsize=32)
def _series(folder: Path, card: Card, group: str) -> Series:
    table = _table(folder, card)
    time = card.time
    if time is None:
        raise DataError(f"The card of {card.name!r} names no time column; a series needs one.")
    if card.group:
        groups = table[card.group.column]
        if group not in set(groups):
            raise unknown(card.group.column, group, sorted(set(groups)))
        table = table[groups == group].drop(columns=card.group.column)
    index = pd.DatetimeIndex(pd.to_datetime(table[time.column], format=time.format), name=time.column)
    frame = table.drop(columns=time.column).set_index(index)
    for column in frame.columns:
        frame[column] = frame[column].astype("category" if column in card.classes else np.float64)
    return Series(card.name, frame, time.frequency, card, card.oddities)


@lru_cache(maxsize=4)
def _sequences(folder: Path, card: Card) -> Sequences:
    table = _table(folder, card)
    names = card.sequences
    if names is None:
        raise DataError(f"The card of {card.name!r} does not say how its rows form sequences.")
    first = table.drop_duplicates(names.column)
    classes = sorted(first[card.targets[0]].unique())
    values = table[list(card.features)].to_numpy(dtype=np.float64)  # (rows, features)
    borders = np.flatnonzero(np.diff(table[names.column].to_numpy())) + 1
    sequences = tuple(np.split(values, borders))
    for array in sequences:
        array.flags.writeable = False  # the stored arrays are shared by all who load them
    labels = np.searchsorted(classes, first[card.targets[0]]).astype(np.int64)
    return Sequences(
        card.name,
        sequences,
        labels,
        tuple(str(name) for name in classes),
        tuple(first[names.split]),
        card.features,
        card,
        card.oddities,
    )
