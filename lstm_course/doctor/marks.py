"""Numbers that stand for a missing value, far away from all others."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_course.doctor.relations import numeric
from lstm_course.doctor.seen import Told

FEW_MARKS, MANY_VALUES = 3, 20
FAR = 3.0  # times the range of all other values
MOST_COLUMNS = 32


def marks_of_missing(line: int, x: Any) -> Told | None:
    """Say where a column holds one number again and again, far from the rest of its values.

    >>> rows = np.sin(np.arange(400.0)).reshape(40, 10, 1)
    >>> rows[::5, 3] = -999
    >>> marks_of_missing(7, rows).sentence[:60]
    'Line {line}: column 0 of X runs from -1 to 1, but holds -999'
    """
    array = numeric(x)
    if array is None or array.ndim != 3 or array.dtype.kind != "f":
        return None
    for number in range(min(array.shape[2], MOST_COLUMNS)):
        column = array[:, :, number].reshape(-1)
        column = column[np.isfinite(column)]
        for mark in (column.min(), column.max()) if len(column) else ():
            rest = column[column != mark]
            count = len(column) - len(rest)
            if count < FEW_MARKS or len(np.unique(rest[:5_000])) < MANY_VALUES:
                continue
            gap = min(abs(rest.min() - mark), abs(rest.max() - mark))
            if gap > FAR * np.ptp(rest) > 0:
                return Told("mark-for-missing", line, (
                    f"Line {{line}}: column {number} of X runs from {rest.min():.4g} to {rest.max():.4g}, but holds "
                    f"{mark:.6g} {count:,} times: a mark for a missing value, which the network takes for a "
                    "measurement."
                ))  # fmt: skip
    return None
