"""A series of rows, and a set of sequences: what every data set becomes once it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lstm_course.data.cards import Card
from lstm_course.data.errors import DataError, unknown

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Series:
    """Rows in the order of time, with numeric columns and columns that hold a class.

    >>> table = pd.DataFrame({"x": [1.0, 2.0], "sky": pd.Categorical(["sun", "rain"])})
    >>> series = Series("mine", table)
    >>> series.numeric_columns, series.class_columns, series.values(["x"]).shape
    (('x',), ('sky',), (2, 1))
    """

    name: str  # name of the data set or of the file
    frame: pd.DataFrame  # index: time or row number; columns: float64 or categorical
    frequency: str | None = None  # step from row to row as a pandas alias; None: unknown or irregular
    card: Card | None = None  # card of the data set; None for a learner's own file
    notes: tuple[str, ...] = ()  # what was understood and changed while reading, as sentences

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return len(self.frame)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(str(column) for column in self.frame.columns)

    @property
    def class_columns(self) -> tuple[str, ...]:
        """Names of the columns that hold a class."""
        return tuple(name for name in self.columns if not pd.api.types.is_numeric_dtype(self.frame[name]))

    @property
    def numeric_columns(self) -> tuple[str, ...]:
        """Names of the columns that hold numbers."""
        return tuple(name for name in self.columns if pd.api.types.is_numeric_dtype(self.frame[name]))

    @property
    def times(self) -> pd.DatetimeIndex | None:
        """Time of each row; None where rows are only numbered."""
        index = self.frame.index
        return index if isinstance(index, pd.DatetimeIndex) else None

    def values(self, columns: Sequence[str] | None = None) -> Floats:
        """Return numeric columns as an array of shape (rows, columns), in original units.

        Raises:
            DataError: when a column does not exist or holds classes.
        """
        names = self.numeric_columns if columns is None else tuple(columns)
        for name in names:
            if name not in self.columns:
                raise unknown("column", name, self.columns)
            if name not in self.numeric_columns:
                raise DataError(
                    f"The column {name!r} holds classes, not numbers; "
                    f"the columns of numbers are {', '.join(self.numeric_columns) or 'none'}."
                )
        table = np.empty((self.num_rows, len(names)))
        for place, name in enumerate(names):  # by column: pandas would copy the whole table twice
            table[:, place] = self.frame[name].to_numpy(dtype=np.float64)
        return table

    def lacks_value(self, columns: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether one of these numeric columns misses its value, shape (rows,).

        Raises:
            DataError: as in `values`.
        """
        lacking = np.zeros(self.num_rows, dtype=np.bool_)
        for name in columns:
            lacking |= np.isnan(self.values([name])[:, 0])
        return lacking

    def classes(self, column: str) -> tuple[Integers, tuple[str, ...]]:
        """Return a class column as integers of shape (rows,), -1 where missing, and the class names.

        A numeric column of a few whole numbers counts as a class column too.

        Raises:
            DataError: when the column does not exist or holds too many different numbers.
        """
        if column not in self.columns:
            raise unknown("column", column, self.columns)
        values = self.frame[column]
        if column in self.numeric_columns:
            _check_countable(column, values)
            values = values.astype("Int64")
        kinds = values.cat if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category").cat
        names = tuple(str(name) for name in kinds.categories)
        return np.asarray(kinds.codes, dtype=np.int64), names


def _check_countable(column: str, values: pd.Series) -> None:
    present = values.dropna().unique()
    if len(present) > 50 or bool((present != np.round(present)).any()):
        raise DataError(
            f"The column {column!r} holds {len(present)} different numbers and so no classes; "
            "choose a column of classes, or labels='steps' to forecast the number."
        )


@dataclass(frozen=True, eq=False)
class Sequences:
    """Many short sequences of unequal length, each with one class.

    >>> one = np.zeros((3, 2))
    >>> Sequences("mine", (one, one[:2]), np.array([0, 1]), ("a", "b"), ("train", "test"), ("x", "y")).lengths
    array([3, 2])
    """

    name: str  # name of the data set
    sequences: tuple[Floats, ...]  # arrays of shape (timesteps of this sequence, features)
    labels: Integers  # class of each sequence, shape (sequences,)
    class_names: tuple[str, ...]  # name of each class
    split: tuple[str, ...]  # "train" or "test" for each sequence
    columns: tuple[str, ...]  # names of the features
    card: Card | None = None  # card of the data set
    notes: tuple[str, ...] = ()  # what was understood while reading, as sentences

    @property
    def num_sequences(self) -> int:
        """Number of sequences."""
        return len(self.sequences)

    @property
    def lengths(self) -> Integers:
        """Number of timesteps of each sequence, shape (sequences,)."""
        return np.array([len(sequence) for sequence in self.sequences], dtype=np.int64)
