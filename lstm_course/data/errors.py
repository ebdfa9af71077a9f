"""The error of this room: data that cannot become windows and labels."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from lstm_course.problems import ProblemError


class DataError(ProblemError):
    """Data, or a choice about data, that cannot work; the text says what to do."""


def unknown(what: str, given: object, known: Iterable[str]) -> DataError:
    """Return the error for a name that does not exist, with the nearest that does.

    >>> print(unknown("data set", "co3", ["co2", "brent"]))
    There is no data set 'co3'; did you mean 'co2'? There are: co2, brent.
    """
    names = list(known)
    near = difflib.get_close_matches(str(given), names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return DataError(f"There is no {what} {given!r}{hint} There are: {', '.join(names) or 'none'}.")
