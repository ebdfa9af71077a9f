"""Bring columns to one scale with figures of the training rows, and bring forecasts back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from lstm_course.data.errors import DataError, unknown
from lstm_course.data.series import Floats

ScalerKind = Literal["none", "minmax", "standard"]
Array = npt.NDArray[Any]
MAX_VALUE = 1e30  # a network computes in float32, whose largest number is 3e38


@dataclass(frozen=True, eq=False)
class Scaler:
    """One offset and one scale for each column: `scaled = (value - offset) / scale`."""

    kind: ScalerKind  # "none", "minmax" or "standard"
    columns: tuple[str, ...]  # names of the columns, in order
    offset: Floats  # what is subtracted, shape (columns,)
    scale: Floats  # what is divided by, shape (columns,)
    feature_range: tuple[float, float] = (0.0, 1.0)  # where "minmax" puts the least and the greatest value
    constant: tuple[str, ...] = ()  # columns of one value only, whose scale was set to 1

    def transform(self, values: Array) -> Array:
        """Return values of shape (..., columns) on the common scale, in their own float type.

        Raises:
            DataError: when the last axis does not have one entry for each column.
        """
        values = np.asarray(values)
        if values.shape[-1:] != (len(self.columns),):
            raise DataError(
                f"The array to scale has shape {values.shape}, but the scaler knows {len(self.columns)} columns "
                f"({', '.join(self.columns)}); its last axis must be the columns."
            )
        kind = values.dtype if np.issubdtype(values.dtype, np.floating) else np.dtype(np.float64)
        scaled: Array = ((values - self.offset) / self.scale).astype(kind, copy=False)
        return scaled

    def inverse(self, values: Array, columns: str | Sequence[str] | None = None) -> Array:
        """Return scaled values in original units.

        Args:
            values: array of any shape for one column, such as labels (samples, horizon); with several
                columns they are the last axis, as in (samples, horizon, targets).
            columns: the columns that `values` holds; None: all of the scaler.

        Returns:
            float64 array of the same shape.

        Raises:
            DataError: when a column is unknown or the last axis does not fit.

        >>> scaler = fit_scaler(np.array([[0.0, 10.0], [4.0, 30.0]]), "minmax", columns=("x", "y"))
        >>> scaler.inverse(np.array([[0.5], [1.0]]), columns="y").tolist()
        [[20.0], [30.0]]
        """
        part = self.select(columns)
        values = np.asarray(values, dtype=np.float64)
        if len(part.columns) == 1:
            restored: Array = values * part.scale[0] + part.offset[0]
            return restored
        if values.shape[-1:] != (len(part.columns),):
            raise DataError(
                f"The array has shape {values.shape}; to bring back {len(part.columns)} columns "
                f"({', '.join(part.columns)}) its last axis must have {len(part.columns)} entries. "
                "Name the columns that it holds: inverse(values, columns=...)."
            )
        return values * part.scale + part.offset

    def select(self, columns: str | Sequence[str] | None) -> Scaler:
        """Return the scaler of some of the columns.

        Raises:
            DataError: when a column is unknown.
        """
        if columns is None:
            return self
        names = (columns,) if isinstance(columns, str) else tuple(columns)
        for name in names:
            if name not in self.columns:
                raise unknown("scaled column", name, self.columns)
        places = [self.columns.index(name) for name in names]
        constant = tuple(name for name in names if name in self.constant)
        return Scaler(self.kind, names, self.offset[places], self.scale[places], self.feature_range, constant)


def fit_scaler(
    values: Array,
    kind: ScalerKind,
    *,
    columns: Sequence[str] | None = None,
    feature_range: tuple[float, float] = (0.0, 1.0),
) -> Scaler:
    """Find offset and scale of each column from the rows given, which should be training rows only.

    Missing values are ignored. A column of one value only gets scale 1, because dividing by its spread
    of 0 would make NaN; so does a column without any value.

    Args:
        values: array of shape (rows, columns), or (rows,) for one column.
        kind: "none", "minmax" (least and greatest value) or "standard" (mean and standard deviation).
        columns: names of the columns; None: "0", "1" and so on.
        feature_range: where "minmax" puts the least and the greatest value.

    Raises:
        DataError: when there is no row, or a choice makes no sense.

    >>> fit_scaler(np.array([[104.0], [622.0]]), "minmax").transform(np.array([[363.0]]))
    array([[0.5]])
    """
    rows = np.asarray(values, dtype=np.float64)
    rows = rows[:, None] if rows.ndim == 1 else rows  # (rows, columns)
    _check(rows, kind, feature_range)
    names = tuple(columns) if columns is not None else tuple(str(i) for i in range(rows.shape[1]))
    if len(names) != rows.shape[1]:
        raise DataError(
            f"{len(names)} column names were given for {rows.shape[1]} columns; give one for each."
        )
    low, centre, spread = np.transpose([_figures(column, kind) for column in rows.T])
    flat = ~(spread > 0)
    constant = tuple(name for name, is_flat in zip(names, flat, strict=True) if is_flat)
    spread = np.where(flat, 1.0, spread)
    if kind == "none":
        return Scaler(kind, names, np.zeros(len(names)), np.ones(len(names)), feature_range, constant)
    if kind == "standard":
        return Scaler(kind, names, centre, spread, feature_range, constant)
    bottom, top = feature_range
    scale = np.where(flat, 1.0, spread / (top - bottom))
    return Scaler(kind, names, low - bottom * scale, scale, feature_range, constant)


def joined(scalers: Sequence[Scaler]) -> Scaler:
    """Return one scaler for the columns of several of one kind, in their order.

    >>> one, two = (fit_scaler(np.array([0.0, top]), "minmax", columns=[name]) for name, top in (("x", 4), ("y", 9)))
    >>> joined([one, two]).transform(np.array([[1.0, 9.0]]))
    array([[0.25, 1.  ]])
    """
    first = scalers[0]
    return Scaler(
        first.kind,
        tuple(name for scaler in scalers for name in scaler.columns),
        np.concatenate([scaler.offset for scaler in scalers]),
        np.concatenate([scaler.scale for scaler in scalers]),
        first.feature_range,
        tuple(name for scaler in scalers for name in scaler.constant),
    )


def _figures(column: Floats, kind: str) -> tuple[float, float, float]:
    """Return the least value, the mean and the spread; 0 for a column without any value."""
    present = column[~np.isnan(column)]
    if not len(present):
        return 0.0, 0.0, 0.0
    low, high = float(present.min()), float(present.max())
    spread = float(present.std()) if kind == "standard" else high - low
    # a constant such as 0.1 may have a standard deviation of 1e-17 from rounding alone
    return low, float(present.mean()), spread if high > low else 0.0


def _check(rows: Floats, kind: str, feature_range: tuple[float, float]) -> None:
    if kind not in ("none", "minmax", "standard"):
        raise unknown("scaling", kind, ("none", "minmax", "standard"))
    if rows.ndim != 2 or rows.shape[0] < 1:
        raise DataError(
            f"A scaler is fitted on an array (rows, columns) with at least one row, not on shape {rows.shape}."
        )
    if not feature_range[0] < feature_range[1]:
        raise DataError(f"feature_range={feature_range}: the first number must be below the second.")
    largest = max(
        float(np.fmax.reduce(rows, axis=None, initial=0.0)),
        -float(np.fmin.reduce(rows, axis=None, initial=0.0)),
    )
    if largest > MAX_VALUE:
        held = (
            "infinity"
            if np.isinf(largest)
            else f"numbers as large as {largest:.0e}, which no network can hold"
        )
        raise DataError(f"The values hold {held}; give limits or clean the column before scaling.")


@dataclass(frozen=True, eq=False)
class Leakage:
    """How far the rows after the training rows would move the scaler: what the network would know too early."""

    columns: tuple[str, ...]  # names of the columns
    train: Scaler  # fitted on the training rows only
    all_rows: Scaler  # fitted on all rows
    offset_shift: Floats  # (offset of all - offset of train) / scale of train, shape (columns,)
    scale_shift: Floats  # scale of all / scale of train - 1, shape (columns,)

    @property
    def worst(self) -> float:
        """The greatest shift in any column, as a share of the training scale; 0 means no leak."""
        return float(np.max(np.abs([self.offset_shift, self.scale_shift])))


def leakage(
    values: Array, train_stop: int, kind: ScalerKind, *, columns: Sequence[str] | None = None
) -> Leakage:
    """Compare a scaler fitted on the first `train_stop` rows with one fitted on all rows.

    Args:
        values: array of shape (rows, columns).
        train_stop: row after the last training row.
        kind: kind of scaling.
        columns: names of the columns.

    Raises:
        DataError: as in `fit_scaler`.

    >>> moved = leakage(np.array([[0.0], [2.0], [3.0]]), train_stop=2, kind="minmax")
    >>> moved.scale_shift.tolist()
    [0.5]
    """
    train = fit_scaler(values[:train_stop], kind, columns=columns)
    everything = fit_scaler(values, kind, columns=columns)
    return Leakage(
        train.columns,
        train,
        everything,
        (everything.offset - train.offset) / train.scale,
        everything.scale / train.scale - 1.0,
    )
